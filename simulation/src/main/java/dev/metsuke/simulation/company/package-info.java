/** The company: its departments, its data, its calendars, its people. */
@NullMarked
package dev.metsuke.simulation.company;

import org.jspecify.annotations.NullMarked;
