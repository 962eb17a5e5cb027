/** How the parts that need it reach Elasticsearch. */
@NullMarked
package dev.metsuke.operations.search;

import org.jspecify.annotations.NullMarked;
