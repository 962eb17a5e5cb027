/** Reads the archive at one moment, page by page. */
@NullMarked
package dev.metsuke.archive.read;

import org.jspecify.annotations.NullMarked;
