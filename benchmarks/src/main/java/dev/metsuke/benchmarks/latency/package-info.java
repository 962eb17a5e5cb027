/** How long it takes from a line of a log to its alert. */
@NullMarked
package dev.metsuke.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
