/** The staff directory: whose account it is. */
@NullMarked
package dev.metsuke.console.directory;

import org.jspecify.annotations.NullMarked;
