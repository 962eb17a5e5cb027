/** Gives test suites a real broker and a real search node, and keeps from them whether these are embedded or in containers. */
@NullMarked
package dev.metsuke.servers.testing;

import org.jspecify.annotations.NullMarked;
