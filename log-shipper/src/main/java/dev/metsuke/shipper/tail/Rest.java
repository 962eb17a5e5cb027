package dev.metsuke.shipper.tail;

/** How surely nothing more will be written to a file, the surest last. */
public enum Rest {
    /** It may be growing now. */
    GROWING,
    /** It has not grown for a while. */
    RESTING,
    /** It is rotated away and has not grown for long, or is packed to its end: what it ends with is all there will be. */
    FINAL
}
