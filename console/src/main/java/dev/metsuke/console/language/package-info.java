/** In which language people are spoken to, and all that is said to them. */
@NullMarked
package dev.metsuke.console.language;

import org.jspecify.annotations.NullMarked;
