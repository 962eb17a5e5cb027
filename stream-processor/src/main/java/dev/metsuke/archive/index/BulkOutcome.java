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
     * @param overloaded whether Elasticsearch asks for less at once
     */
    record Retry(String reason, boolean overloaded) implements BulkOutcome {}

    /**
     * It will never go in as it is.
     *
     * @param reason why
     */
    record Poison(String reason) implements Settled {}
}
