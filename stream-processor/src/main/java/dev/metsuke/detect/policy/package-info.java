/** What is allowed: ceilings, scopes, calendars; all data, no code. */
@NullMarked
package dev.metsuke.detect.policy;

import org.jspecify.annotations.NullMarked;
