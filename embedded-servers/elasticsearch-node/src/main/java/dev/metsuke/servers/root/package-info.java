/** A plugin for the node, in a jar of its own, that answers on the root of its HTTP interface. */
@NullMarked
package dev.metsuke.servers.root;

import org.jspecify.annotations.NullMarked;
