package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.LongRecord;

/** Ends with its last brace, and where it is no object or breaks off within a text, with its line. */
final class LongJsonObject implements LongRecord {

    private boolean begun;
    private boolean isObject;
    private int depth;
    private boolean quoted;
    private boolean escaped;

    @Override
    public boolean findEnd(byte[] bytes, int from, int to, Frame frame) {
        if (!begun && from < to) {
            begun = true;
            isObject = bytes[from] == '{';
        }
        int end = isObject ? behindObject(bytes, from, to) : LineFraming.newline(bytes, from, to);
        if (end < 0) {
            return false;
        }
        // A line end between objects is stepped over like a comma.
        frame.set(from, end, end);
        return true;
    }

    /** Behind the last brace, or where the line ends within a text, which no JSON does; -1 where neither is at hand. */
    private int behindObject(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte character = bytes[i];
            if (escaped) {
                escaped = false;
            } else if (quoted) {
                if (character == '\n') {
                    return i;
                }
                escaped = character == '\\';
                quoted = character != '"';
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

    @Override
    public boolean endsWithFile() {
        return true;
    }
}
