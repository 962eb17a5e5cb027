/** The topics: their names, their keys and how long each is kept. */
@NullMarked
package dev.metsuke.events.topic;

import org.jspecify.annotations.NullMarked;
