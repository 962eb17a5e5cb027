/** When people work: weekly hours, holidays, days off. */
@NullMarked
package dev.metsuke.detect.calendar;

import org.jspecify.annotations.NullMarked;
