/** Approved exports, as they are written down. */
@NullMarked
package dev.metsuke.console.approval;

import org.jspecify.annotations.NullMarked;
