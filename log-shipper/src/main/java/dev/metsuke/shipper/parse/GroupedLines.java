package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.LineFraming;

/** Lines that together are one record, of which the end shows only when the next one begins, or when the file rests. */
final class GroupedLines {

    /** Within so many bytes it can be told of a line whether it begins a record. */
    static final int SURELY_TOLD = 4096;

    private GroupedLines() {}

    /** Tells a record's first line from those that go on with it. */
    @FunctionalInterface
    interface FirstLine {

        /** Whether the line begins another record; where it is not complete, its first bytes are given. */
        boolean begins(byte[] bytes, int start, int end);
    }

    /** As {@link dev.metsuke.shipper.tail.Framing#find}. */
    static boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame, FirstLine first) {
        int newline = LineFraming.newline(bytes, from, to);
        while (newline >= 0) {
            int next = newline + 1;
            int nextNewline = LineFraming.newline(bytes, next, to);
            boolean ends;
            if (nextNewline >= 0) {
                ends = first.begins(bytes, next, nextNewline);
            } else if (to - next > SURELY_TOLD) {
                ends = first.begins(bytes, next, next + SURELY_TOLD);
            } else {
                ends = atRest && next == to;
            }
            if (ends) {
                frame.set(from, LineFraming.endOfText(bytes, from, newline), next);
                return true;
            }
            newline = nextNewline;
        }
        frame.set(from, from, from);
        return false;
    }
}
