/** What decides, and what tells, that something leaves the archive. */
@NullMarked
package dev.metsuke.events.retention;

import org.jspecify.annotations.NullMarked;
