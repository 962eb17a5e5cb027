/** Events from Kafka into a search node, beside a bare bulk loader, and the room they take there. */
@NullMarked
package dev.metsuke.benchmarks.archive;

import org.jspecify.annotations.NullMarked;
