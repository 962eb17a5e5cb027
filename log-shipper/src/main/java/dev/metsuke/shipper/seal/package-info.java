/** Seals the streams' heads: when, with which key, and onto which other media. */
@NullMarked
package dev.metsuke.shipper.seal;

import org.jspecify.annotations.NullMarked;
