/** What every embedded server does the same way in its own JVM. */
@NullMarked
package dev.metsuke.servers.process;

import org.jspecify.annotations.NullMarked;
