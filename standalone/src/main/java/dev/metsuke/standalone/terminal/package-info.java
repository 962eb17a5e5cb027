/** What a person sees in the terminal. */
@NullMarked
package dev.metsuke.standalone.terminal;

import org.jspecify.annotations.NullMarked;
