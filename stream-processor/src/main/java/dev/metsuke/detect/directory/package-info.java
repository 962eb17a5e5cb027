/** Whose account it is, as detection remembers it. */
@NullMarked
package dev.metsuke.detect.directory;

import org.jspecify.annotations.NullMarked;
