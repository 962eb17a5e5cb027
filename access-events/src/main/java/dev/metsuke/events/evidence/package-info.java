/** Exported events with what proves them: written beside an archive, verified on any machine without one. */
@NullMarked
package dev.metsuke.events.evidence;

import org.jspecify.annotations.NullMarked;
