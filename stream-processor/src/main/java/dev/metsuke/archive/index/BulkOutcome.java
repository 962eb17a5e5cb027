package dev.metsuke.archive.index;

/** What became of one document of a bulk. */
public sealed interface BulkOutcome {

    /** What no further try changes. */
    sealed interface Settled extends BulkOutcome {}

    /**
     * The archive holds it.
     *
     * @param fresh false where it was there already, as a repeat is, or a newer state of it
     */
    record Indexed(boolean fresh) implements Settled {}

    /**
     * It may go in later.
     *
     * @param reason why not now
     * @param extent what else has to wait
     */
    record Retry(String reason, Extent extent) implements BulkOutcome {}

    /** Whom the reason for a retry concerns. */
    enum Extent {
        /** The document alone, or all of its index; others may go in. */
        DOCUMENT,
        /** Whatever is sent: Elasticsearch is away. */
        EVERYTHING,
        /** Whatever is sent: Elasticsearch asks for less at once. */
        OVERLOAD
    }

    /**
     * It will never go in as it is.
     *
     * @param reason why
     */
    record Poison(String reason) implements Settled {}
}
