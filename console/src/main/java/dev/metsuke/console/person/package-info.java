/** Persons: which accounts the directory gives each, and which reports are about each. */
@NullMarked
package dev.metsuke.console.person;

import org.jspecify.annotations.NullMarked;
