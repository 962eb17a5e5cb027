/** Approved exports: files of them, read, and written to their topic. */
@NullMarked
package dev.metsuke.console.approval;

import org.jspecify.annotations.NullMarked;
