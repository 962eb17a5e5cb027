/** Proves the archive whole, or names what is not, and exports events with what proves them. */
@NullMarked
package dev.metsuke.archive.verify;

import org.jspecify.annotations.NullMarked;
