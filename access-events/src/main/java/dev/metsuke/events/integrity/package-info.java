/** The hash chain that makes a missing or altered event show. */
@NullMarked
package dev.metsuke.events.integrity;

import org.jspecify.annotations.NullMarked;
