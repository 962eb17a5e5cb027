/** JSON as every topic carries it: canonical (RFC 8785) on the way out, any order on the way in. */
@NullMarked
package dev.metsuke.events.json;

import org.jspecify.annotations.NullMarked;
