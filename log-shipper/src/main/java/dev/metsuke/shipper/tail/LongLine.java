package dev.metsuke.shipper.tail;

/** Ends with its line, and waits for that. */
final class LongLine implements LongRecord {

    @Override
    public boolean findEnd(byte[] bytes, int from, int to, Frame frame) {
        int newline = LineFraming.newline(bytes, from, to);
        if (newline < 0) {
            return false;
        }
        frame.set(from, newline, newline + 1);
        return true;
    }

    @Override
    public boolean endsWithFile() {
        return false;
    }
}
