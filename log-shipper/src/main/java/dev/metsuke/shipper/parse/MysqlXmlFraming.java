package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Each {@code AUDIT_RECORD} element is a record; the tags around them are stepped over, any other line is a record too. */
final class MysqlXmlFraming implements Framing {

    private static final byte[] START = ascii("<AUDIT_RECORD");
    private static final byte[] END = ascii("</AUDIT_RECORD>");
    private static final byte[] SHORT_END = ascii("/>");
    private static final byte[] DECLARATION = ascii("<?xml ");
    private static final byte[] DECLARATION_END = ascii("?>");
    private static final byte[][] AROUND = {ascii("<AUDIT>"), ascii("</AUDIT>")};

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        int start = from;
        while (start < to) {
            if (Character.isWhitespace(bytes[start])) {
                start++;
                continue;
            }
            if (startsWith(bytes, start, to, START)) {
                return element(bytes, start, to, frame);
            }
            int newline = LineFraming.newline(bytes, start, to);
            int behind = behindAround(bytes, start, newline < 0 ? to : newline);
            if (behind > start) {
                start = behind;
                continue;
            }
            if (newline < 0) {
                break;
            }
            frame.set(start, LineFraming.endOfText(bytes, start, newline), newline + 1);
            return true;
        }
        frame.set(start, start, start);
        return false;
    }

    /** One that another begins within is torn. */
    private static boolean element(byte[] bytes, int start, int to, Frame frame) {
        int inner = start + START.length;
        boolean ofAttributes = inner >= to || bytes[inner] != '>';
        byte[] mark = ofAttributes ? SHORT_END : END;
        boolean quoted = false;
        for (int i = inner; i < to; i++) {
            if (ofAttributes && bytes[i] == '"') {
                quoted = !quoted;
            } else if (!quoted && startsWith(bytes, i, to, mark)) {
                frame.set(start, i + mark.length, i + mark.length);
                return true;
            } else if (startsWith(bytes, i, to, START)) {
                frame.set(start, i, i);
                return true;
            }
        }
        frame.set(start, start, start);
        return false;
    }

    /** Where a tag that stands around the records ends, or the start where none stands there. */
    private static int behindAround(byte[] bytes, int start, int lineEnd) {
        if (startsWith(bytes, start, lineEnd, DECLARATION)) {
            for (int i = start; i < lineEnd; i++) {
                if (startsWith(bytes, i, lineEnd, DECLARATION_END)) {
                    return i + DECLARATION_END.length;
                }
            }
        }
        for (byte[] tag : AROUND) {
            if (startsWith(bytes, start, lineEnd, tag)) {
                return start + tag.length;
            }
        }
        return start;
    }

    private static boolean startsWith(byte[] bytes, int at, int to, byte[] text) {
        return bytes[at] == text[0]
                && at + text.length <= to
                && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
