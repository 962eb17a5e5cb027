/** How state is laid out in bytes: keys that sort by account and time, compact values. */
@NullMarked
package dev.metsuke.detect.state;

import org.jspecify.annotations.NullMarked;
