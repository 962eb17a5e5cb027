package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;

/**
 * A record ends at the first line end that is not within quotes. One whose quotes prove it torn ends with its first
 * line, so that the records behind it are whole.
 */
final class CsvFraming implements Framing {

    private final byte separator;
    private final byte quote;
    private final DoubleBytes doubleBytes;

    CsvFraming() {
        this(',', '"', Encoding.UTF_8);
    }

    /** Both are ASCII. */
    CsvFraming(char separator, char quote, Encoding encoding) {
        this.separator = (byte) separator;
        this.quote = (byte) quote;
        this.doubleBytes = DoubleBytes.of(encoding.charset());
    }

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        boolean quoted = false;
        boolean fieldBegins = true;
        for (int i = from; i < to; i++) {
            byte character = bytes[i];
            if (i + 1 < to && doubleBytes.isOne(character, bytes[i + 1])) {
                i++;
                fieldBegins = false;
            } else if (quoted) {
                if (character == quote) {
                    if (i + 1 == to) {
                        break;
                    }
                    if (bytes[i + 1] == quote) {
                        i++;
                    } else if (endsField(bytes[i + 1])) {
                        quoted = false;
                    } else {
                        return firstLine(bytes, from, to, frame);
                    }
                }
            } else if (character == '\n') {
                return ended(bytes, from, i, frame);
            } else {
                // Within a field that began without it, a quote is text.
                quoted = character == quote && fieldBegins;
                fieldBegins = character == separator;
            }
        }
        frame.set(from, from, from);
        return false;
    }

    private boolean endsField(byte character) {
        return character == separator || character == '\n' || character == '\r';
    }

    private static boolean firstLine(byte[] bytes, int from, int to, Frame frame) {
        int newline = LineFraming.newline(bytes, from, to);
        if (newline < 0) {
            frame.set(from, from, from);
            return false;
        }
        return ended(bytes, from, newline, frame);
    }

    private static boolean ended(byte[] bytes, int from, int newline, Frame frame) {
        frame.set(from, LineFraming.endOfText(bytes, from, newline), newline + 1);
        return true;
    }
}
