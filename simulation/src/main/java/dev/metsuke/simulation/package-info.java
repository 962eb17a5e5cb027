/** Writes a simulated company's logs, reports, approvals, directory, policy and labels. */
@NullMarked
package dev.metsuke.simulation;

import org.jspecify.annotations.NullMarked;
