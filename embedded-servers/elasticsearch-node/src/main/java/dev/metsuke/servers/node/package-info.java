/** The child JVM of the embedded Elasticsearch node. */
@NullMarked
package dev.metsuke.servers.node;

import org.jspecify.annotations.NullMarked;
