/** Unusual bulk read: more people's data in a short time than the ceiling grants. */
@NullMarked
package dev.metsuke.detect.bulkread;

import org.jspecify.annotations.NullMarked;
