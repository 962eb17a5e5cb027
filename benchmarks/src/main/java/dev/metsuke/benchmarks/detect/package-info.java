/** What detection costs, beside what Kafka Streams costs without it. */
@NullMarked
package dev.metsuke.benchmarks.detect;

import org.jspecify.annotations.NullMarked;
