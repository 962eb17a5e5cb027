/** Health and metrics over HTTP. */
@NullMarked
package dev.metsuke.operations.http;

import org.jspecify.annotations.NullMarked;
