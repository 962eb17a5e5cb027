/** How well alerts fit the labels. */
@NullMarked
package dev.metsuke.simulation.evaluate;

import org.jspecify.annotations.NullMarked;
