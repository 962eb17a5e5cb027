package dev.metsuke.shipper.tail;

import dev.metsuke.events.json.EightBytes;

/** One line, one record; a last line without line end waits for it. */
public final class LineFraming implements Framing {

    private static final long LINE_FEEDS = EightBytes.ofEach('\n');

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        int newline = newline(bytes, from, to);
        if (newline < 0) {
            frame.set(from, from, from);
            return false;
        }
        frame.set(from, endOfText(bytes, from, newline), newline + 1);
        return true;
    }

    /** The place of the first line feed, or -1. */
    public static int newline(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long found = EightBytes.equal(EightBytes.read(bytes, i), LINE_FEEDS);
            if (found != 0) {
                return i + EightBytes.first(found);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Without the carriage return of a Windows line end. */
    public static int endOfText(byte[] bytes, int from, int newline) {
        return newline > from && bytes[newline - 1] == '\r' ? newline - 1 : newline;
    }
}
