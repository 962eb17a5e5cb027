/** How every part reaches Kafka, and the topics it needs there. */
@NullMarked
package dev.metsuke.operations.kafka;

import org.jspecify.annotations.NullMarked;
