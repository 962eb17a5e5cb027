/** How routes answer: JSON, problems, and the archive's absence. */
@NullMarked
package dev.metsuke.console.http;

import org.jspecify.annotations.NullMarked;
