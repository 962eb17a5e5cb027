/** What benchmarks with real servers share: processes and their cost, and reading what was committed. */
@NullMarked
package dev.metsuke.benchmarks.contest;

import org.jspecify.annotations.NullMarked;
