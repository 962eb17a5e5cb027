/** A part of Metsuke that can be started, asked how it is, and stopped. */
@NullMarked
package dev.metsuke.operations.part;

import org.jspecify.annotations.NullMarked;
