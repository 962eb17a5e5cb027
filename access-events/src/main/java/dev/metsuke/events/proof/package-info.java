/** Whether the lines of a stream are whole: no engine, no files, one line after the other. */
@NullMarked
package dev.metsuke.events.proof;

import org.jspecify.annotations.NullMarked;
