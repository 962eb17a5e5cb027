/** Alerts as they come, as they stand, and with their evidence. */
@NullMarked
package dev.metsuke.console.alerts;

import org.jspecify.annotations.NullMarked;
