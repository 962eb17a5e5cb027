/** The subcommands, one class each, and what they share on the command line. */
@NullMarked
package dev.metsuke.standalone.command;

import org.jspecify.annotations.NullMarked;
