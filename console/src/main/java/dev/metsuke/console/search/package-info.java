/** Search in the archive. */
@NullMarked
package dev.metsuke.console.search;

import org.jspecify.annotations.NullMarked;
