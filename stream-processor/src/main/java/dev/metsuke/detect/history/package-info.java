/** What accounts did within the horizon, in order of event time. */
@NullMarked
package dev.metsuke.detect.history;

import org.jspecify.annotations.NullMarked;
