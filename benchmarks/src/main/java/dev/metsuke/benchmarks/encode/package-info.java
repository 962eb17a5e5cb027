/** What it costs to turn an event into canonical, chained JSON and back. */
@NullMarked
package dev.metsuke.benchmarks.encode;

import org.jspecify.annotations.NullMarked;
