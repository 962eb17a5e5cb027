/** Signed heads of the chains, and the keys they are signed with. */
@NullMarked
package dev.metsuke.events.seal;

import org.jspecify.annotations.NullMarked;
