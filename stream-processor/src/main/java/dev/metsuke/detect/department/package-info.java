/** How much data the accounts of a department read on a day, told to every instance without telling who. */
@NullMarked
package dev.metsuke.detect.department;

import org.jspecify.annotations.NullMarked;
