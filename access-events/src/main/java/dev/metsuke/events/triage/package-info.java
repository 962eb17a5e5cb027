/** What people did about alerts: who took which, what they found, and why. */
@NullMarked
package dev.metsuke.events.triage;

import org.jspecify.annotations.NullMarked;
