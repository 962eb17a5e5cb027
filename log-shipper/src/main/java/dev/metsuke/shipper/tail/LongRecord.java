package dev.metsuke.shipper.tail;

/** Finds the end of one record that is longer than any buffer. It is given the record's bytes part by part, from its start. */
public interface LongRecord {

    /**
     * Looks for the end in the part that comes next.
     *
     * @param frame is told the record's end, and where the next one begins
     * @return false where the record goes on behind the part
     */
    boolean findEnd(byte[] bytes, int from, int to, Frame frame);

    /** Whether what a file at rest ends with is a record, though its end is missing. */
    boolean endsWithFile();
}
