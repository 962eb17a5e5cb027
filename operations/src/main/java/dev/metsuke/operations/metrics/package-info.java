/** Where the parts count what they do. */
@NullMarked
package dev.metsuke.operations.metrics;

import org.jspecify.annotations.NullMarked;
