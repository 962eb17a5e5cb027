/** What it costs to ship a log, beside a bare producer and other shippers. */
@NullMarked
package dev.metsuke.benchmarks.ship;

import org.jspecify.annotations.NullMarked;
