package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;

/**
 * Each object in a document's {@code Records} is a record. What stands around them is stepped over, so that reading can
 * resume behind any of them. What a file at rest ends with is a record, though it is incomplete, so that it is rejected.
 */
final class CloudtrailFraming implements Framing {

    private static final String OPENING = "{\"Records\":[";
    private static final int INCOMPLETE = -1;
    private static final int OTHERWISE = -2;

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        int start = from;
        while (true) {
            start = behindSeparators(bytes, start, to);
            int opened = opening(bytes, start, to);
            if (opened >= 0) {
                start = opened;
            } else {
                break;
            }
        }
        if (start >= to) {
            frame.set(start, start, start);
            return false;
        }
        if (opening(bytes, start, to) == INCOMPLETE) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        if (bytes[start] != '{') {
            return junk(bytes, start, to, atRest, frame);
        }
        int end = endOfObject(bytes, start, to);
        if (end < 0) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        frame.set(start, end, end);
        return true;
    }

    private static boolean incomplete(byte[] bytes, int start, int to, boolean atRest, Frame frame) {
        int end = to;
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        frame.set(start, atRest ? end : start, atRest ? to : start);
        return atRest;
    }

    private static boolean junk(byte[] bytes, int start, int to, boolean atRest, Frame frame) {
        int newline = LineFraming.newline(bytes, start, to);
        if (newline < 0) {
            return incomplete(bytes, start, to, atRest, frame);
        }
        frame.set(start, LineFraming.endOfText(bytes, start, newline), newline + 1);
        return true;
    }

    private static int behindSeparators(byte[] bytes, int from, int to) {
        int position = from;
        while (position < to && (isSpace(bytes[position]) || ",]}".indexOf(bytes[position]) >= 0)) {
            position++;
        }
        return position;
    }

    /** Behind a document's opening, or why it is none. */
    private static int opening(byte[] bytes, int from, int to) {
        int position = from;
        for (int i = 0; i < OPENING.length(); i++) {
            while (position < to && isSpace(bytes[position])) {
                position++;
            }
            if (position == to) {
                return from == to ? OTHERWISE : INCOMPLETE;
            }
            if (bytes[position] != OPENING.charAt(i)) {
                return OTHERWISE;
            }
            position++;
        }
        return position;
    }

    private static int endOfObject(byte[] bytes, int start, int to) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < to; i++) {
            byte character = bytes[i];
            if (quoted) {
                if (character == '\\') {
                    i++;
                } else if (character == '"') {
                    quoted = false;
                }
            } else if (character == '"') {
                quoted = true;
            } else if (character == '{' || character == '[') {
                depth++;
            } else if ((character == '}' || character == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
