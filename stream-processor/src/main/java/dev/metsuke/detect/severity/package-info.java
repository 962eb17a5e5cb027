/** How urgent an alert is. */
@NullMarked
package dev.metsuke.detect.severity;

import org.jspecify.annotations.NullMarked;
