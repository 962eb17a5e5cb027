/** Tries a policy on events of the past: detection's own topology, without any server. */
@NullMarked
package dev.metsuke.standalone.backtest;

import org.jspecify.annotations.NullMarked;
