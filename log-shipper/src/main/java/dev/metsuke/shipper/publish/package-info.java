/** Sends events, rejections, seals and positions in one transaction. */
@NullMarked
package dev.metsuke.shipper.publish;

import org.jspecify.annotations.NullMarked;
