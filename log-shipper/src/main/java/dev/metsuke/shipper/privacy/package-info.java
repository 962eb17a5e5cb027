/** Replaces personal identifiers by keyed-hash pseudonyms before anything leaves the host. */
@NullMarked
package dev.metsuke.shipper.privacy;

import org.jspecify.annotations.NullMarked;
