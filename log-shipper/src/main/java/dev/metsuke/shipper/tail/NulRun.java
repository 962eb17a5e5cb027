package dev.metsuke.shipper.tail;

/** Finds where NUL bytes end that run on for longer than a line may be, in bytes that come part by part. */
final class NulRun {

    private final int longestLine;
    private long length;

    NulRun(int longestLine) {
        this.longestLine = longestLine;
    }

    /** Of those that all bytes so far end with. */
    long length() {
        return length;
    }

    /** Where the NUL bytes begin that these end with. */
    static int endOfText(byte[] bytes, int to) {
        int end = to;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** The place of the first byte behind such a run, or -1. */
    int findEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                length++;
            } else if (length > longestLine) {
                return i;
            } else {
                length = 0;
            }
        }
        return -1;
    }
}
