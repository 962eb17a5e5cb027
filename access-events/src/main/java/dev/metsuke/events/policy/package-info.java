/** Policies as they are published. */
@NullMarked
package dev.metsuke.events.policy;

import org.jspecify.annotations.NullMarked;
