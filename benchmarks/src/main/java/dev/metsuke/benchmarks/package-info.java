/** The frame of all benchmarks: what is measured, beside what, against which bar. */
@NullMarked
package dev.metsuke.benchmarks;

import org.jspecify.annotations.NullMarked;
