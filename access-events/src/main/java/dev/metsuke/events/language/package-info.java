/** In which languages people are spoken to, and how what is said to them is found. */
@NullMarked
package dev.metsuke.events.language;

import org.jspecify.annotations.NullMarked;
