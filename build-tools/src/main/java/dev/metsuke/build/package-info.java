/** Tools that run inside the build and never ship. */
@NullMarked
package dev.metsuke.build;

import org.jspecify.annotations.NullMarked;
