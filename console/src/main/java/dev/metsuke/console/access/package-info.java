/** Who may do what, and which requests are refused before anything is done. */
@NullMarked
package dev.metsuke.console.access;

import org.jspecify.annotations.NullMarked;
