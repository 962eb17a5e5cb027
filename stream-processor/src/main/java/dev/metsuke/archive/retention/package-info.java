/** How long the archive keeps what it has, and what legal holds keep longer. */
@NullMarked
package dev.metsuke.archive.retention;

import org.jspecify.annotations.NullMarked;
