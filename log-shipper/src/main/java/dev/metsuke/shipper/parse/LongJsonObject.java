package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.LineFraming;
import dev.metsuke.shipper.tail.LongRecord;

/** Ends with its last brace, and where it is no object or breaks off within a text, with its line. */
final class LongJsonObject implements LongRecord {

    private final JsonObjectEnd object = new JsonObjectEnd();
    private boolean begun;
    private boolean isObject;

    @Override
    public boolean findEnd(byte[] bytes, int from, int to, Frame frame) {
        if (!begun && from < to) {
            begun = true;
            isObject = bytes[from] == '{';
        }
        int end = isObject ? object.find(bytes, from, to) : LineFraming.newline(bytes, from, to);
        if (end < 0) {
            return false;
        }
        // A line end between objects is stepped over like a comma.
        frame.set(from, end, end);
        return true;
    }

    @Override
    public boolean endsWithFile() {
        return true;
    }
}
