/** Understands log formats: one small class a format. */
@NullMarked
package dev.metsuke.shipper.parse;

import org.jspecify.annotations.NullMarked;
