/** All of Metsuke on one machine: the embedded servers, every part, and the order in which they start and stop. */
@NullMarked
package dev.metsuke.standalone.local;

import org.jspecify.annotations.NullMarked;
