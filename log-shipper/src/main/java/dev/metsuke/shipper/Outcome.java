package dev.metsuke.shipper;

/** What came of a look at a content. */
enum Outcome {
    NOTHING,
    /** It cannot be told yet. */
    WAITING,
    /** Something is to be committed. */
    CHANGED
}
