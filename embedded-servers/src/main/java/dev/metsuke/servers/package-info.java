/** Starts, stops and kills a real Kafka broker and a real Elasticsearch node, each in a child JVM. */
@NullMarked
package dev.metsuke.servers;

import org.jspecify.annotations.NullMarked;
