/** What {@code metsuke setup} did, or found done. */
@NullMarked
package dev.metsuke.operations.setup;

import org.jspecify.annotations.NullMarked;
