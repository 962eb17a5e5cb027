/** What people do on an ordinary day, and when the log shippers bring it. */
@NullMarked
package dev.metsuke.simulation.work;

import org.jspecify.annotations.NullMarked;
