/** Exports that were approved beforehand. */
@NullMarked
package dev.metsuke.events.approval;

import org.jspecify.annotations.NullMarked;
