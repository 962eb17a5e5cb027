/** A small sample company, its logs and its incidents, shown end to end. */
@NullMarked
package dev.metsuke.standalone.demo;

import org.jspecify.annotations.NullMarked;
