/** Puts what was entered on its topic. */
@NullMarked
package dev.metsuke.console.publish;

import org.jspecify.annotations.NullMarked;
