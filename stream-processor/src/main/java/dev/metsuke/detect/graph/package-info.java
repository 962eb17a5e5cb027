/** How detection's parts are connected, whatever runs them. */
@NullMarked
package dev.metsuke.detect.graph;

import org.jspecify.annotations.NullMarked;
