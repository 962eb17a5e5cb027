/** How far each file is shipped, kept in Kafka beside the events. */
@NullMarked
package dev.metsuke.shipper.position;

import org.jspecify.annotations.NullMarked;
