/** Where things stand in the archive. */
@NullMarked
package dev.metsuke.events.archive;

import org.jspecify.annotations.NullMarked;
