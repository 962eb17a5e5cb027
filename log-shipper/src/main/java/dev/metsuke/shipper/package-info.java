/** Ships log files to Kafka, every line exactly once. */
@NullMarked
package dev.metsuke.shipper;

import org.jspecify.annotations.NullMarked;
