/** Runs detection without brokers, on a clock of its own. */
@NullMarked
package dev.metsuke.detect.trial;

import org.jspecify.annotations.NullMarked;
