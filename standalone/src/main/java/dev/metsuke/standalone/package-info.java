/** The {@code metsuke} command. */
@NullMarked
package dev.metsuke.standalone;

import org.jspecify.annotations.NullMarked;
