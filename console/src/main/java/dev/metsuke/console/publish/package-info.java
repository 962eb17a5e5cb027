/** Puts what was entered on its topic, where it is not there yet. */
@NullMarked
package dev.metsuke.console.publish;

import org.jspecify.annotations.NullMarked;
