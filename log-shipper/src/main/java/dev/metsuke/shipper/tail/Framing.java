package dev.metsuke.shipper.tail;

/**
 * Where a record begins and ends. It keeps no state: reading may resume at any record's end, after any restart, and finds
 * the same records.
 */
public interface Framing {

    /**
     * Finds the record that begins at {@code from}.
     *
     * @param to where the bytes at hand end
     * @param atRest whether the file ends at {@code to} and has not grown for a while
     * @return false where the record is not complete; the frame's {@code next} then is how far nothing of use lies
     */
    boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame);

    /** Where a record ends that no buffer holds; as a rule with its line. */
    default LongRecord longRecord() {
        return new LongLine();
    }

    /**
     * Whether none of the lines of a record that no buffer holds begins another, so that each line that the buffer holds is taken
     * alone at once; else an end is looked for anew behind the first.
     */
    default boolean isOfLines() {
        return false;
    }
}
