package dev.metsuke.shipper.tail;

/** Where in a buffer a record lies; reused for the next, so that a record costs no object. */
public final class Frame {

    private int start;
    private int end;
    private int next;

    public void set(int recordStart, int recordEnd, int nextRecord) {
        start = recordStart;
        end = recordEnd;
        next = nextRecord;
    }

    public int start() {
        return start;
    }

    /** Behind the record's last byte, without its line end. */
    public int end() {
        return end;
    }

    /** Where to look for the next record. */
    public int next() {
        return next;
    }
}
