/** The published policy, as far as what others write has to fit it. */
@NullMarked
package dev.metsuke.console.policy;

import org.jspecify.annotations.NullMarked;
