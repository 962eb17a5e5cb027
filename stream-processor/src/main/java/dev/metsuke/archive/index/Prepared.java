package dev.metsuke.archive.index;

/** What a record is to the archive. */
public sealed interface Prepared {

    /**
     * A document to write.
     *
     * @param index where it goes
     * @param id its {@code _id}
     * @param body JSON on one line; shared with the record, not to be changed
     * @param write how it meets what is there already
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and as long as the record itself
    record Document(String index, String id, byte[] body, Write write) implements Prepared {

        /** What it adds to a bulk besides its body: the action line, roughly. */
        private static final int ACTION_BYTES = 96;

        int bytes() {
            return body.length + ACTION_BYTES;
        }
    }

    /**
     * A record that cannot be a document.
     *
     * @param reason why
     */
    record Unusable(String reason) implements Prepared {}

    /** How a document meets one that is there already under its id. */
    sealed interface Write {

        /** The first one stays: what is archived is never written over. Another one under its id is a mistake. */
        record Once() implements Write {}

        /** The first one stays, as it is the same record, though an earlier version may have put it in other words. */
        record OnceByPlace() implements Write {}

        /**
         * The one with the highest version stays.
         *
         * @param version grows with every later state
         */
        record Latest(long version) implements Write {}
    }
}
