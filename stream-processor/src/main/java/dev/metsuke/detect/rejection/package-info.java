/** Records that cannot be understood go to the rejected topic, with their reason. */
@NullMarked
package dev.metsuke.detect.rejection;

import org.jspecify.annotations.NullMarked;
