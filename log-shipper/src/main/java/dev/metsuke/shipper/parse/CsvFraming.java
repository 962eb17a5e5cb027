package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;

/** A record ends at the first line end that is not within double quotes. */
final class CsvFraming implements Framing {

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '"') {
                // A quote written twice within quotes ends and begins them again.
                quoted = !quoted;
            } else if (bytes[i] == '\n' && !quoted) {
                frame.set(from, LineFraming.endOfText(bytes, from, i), i + 1);
                return true;
            }
        }
        frame.set(from, from, from);
        return false;
    }
}
