/** What a rule found, as an episode that explains itself. */
@NullMarked
package dev.metsuke.events.alert;

import org.jspecify.annotations.NullMarked;
