/** Compares what is in no chain with what Kafka still has of it. */
@NullMarked
package dev.metsuke.archive.compare;

import org.jspecify.annotations.NullMarked;
