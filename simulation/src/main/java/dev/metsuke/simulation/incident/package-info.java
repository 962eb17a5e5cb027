/** What goes wrong, and what only looks so: each with its label. */
@NullMarked
package dev.metsuke.simulation.incident;

import org.jspecify.annotations.NullMarked;
