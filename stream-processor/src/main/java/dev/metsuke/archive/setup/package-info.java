/** The templates of the archive's indices, and what the cluster can do with them. */
@NullMarked
package dev.metsuke.archive.setup;

import org.jspecify.annotations.NullMarked;
