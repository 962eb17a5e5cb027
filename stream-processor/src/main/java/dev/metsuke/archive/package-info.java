/** Brings every archived topic from Kafka into Elasticsearch, each record exactly once. */
@NullMarked
package dev.metsuke.archive;

import org.jspecify.annotations.NullMarked;
