/** Finds accesses in the archive, whatever their number: pages, counts over time, who touched a person's data. */
@NullMarked
package dev.metsuke.archive.find;

import org.jspecify.annotations.NullMarked;
