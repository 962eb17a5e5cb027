/** An access to personal data, and its ECS document. */
@NullMarked
package dev.metsuke.events.access;

import org.jspecify.annotations.NullMarked;
