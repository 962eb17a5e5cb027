/** The child JVM of the embedded Kafka broker. */
@NullMarked
package dev.metsuke.servers.broker;

import org.jspecify.annotations.NullMarked;
