/** Records as documents, and how they get into Elasticsearch. */
@NullMarked
package dev.metsuke.archive.index;

import org.jspecify.annotations.NullMarked;
