/** Finds log files, tells them apart whatever their names, and reads records from them. */
@NullMarked
package dev.metsuke.shipper.tail;

import org.jspecify.annotations.NullMarked;
