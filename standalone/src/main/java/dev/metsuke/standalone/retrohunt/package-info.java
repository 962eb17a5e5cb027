/** Judges the archive anew, by what is known today. */
@NullMarked
package dev.metsuke.standalone.retrohunt;

import org.jspecify.annotations.NullMarked;
