package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry goes on in lines that begin with a tab, and in its DETAIL, HINT, STATEMENT and so on, which the server writes
 * together with it. So its end shows when the next one begins, or when the file rests.
 */
final class PostgresStderrFraming implements Framing {

    private static final List<byte[]> SECONDARY = List.of(
            ascii("DETAIL:  "),
            ascii("HINT:  "),
            ascii("QUERY:  "),
            ascii("CONTEXT:  "),
            ascii("LOCATION:  "),
            ascii("STATEMENT:  "),
            ascii("BACKTRACE:  "));

    /** Within so many bytes a line's prefix and severity have ended. */
    private static final int SURELY_PREFIX = 4096;

    private final LinePrefix prefix;

    PostgresStderrFraming(LinePrefix prefix) {
        this.prefix = prefix;
    }

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        int newline = LineFraming.newline(bytes, from, to);
        while (newline >= 0) {
            int next = newline + 1;
            int nextNewline = LineFraming.newline(bytes, next, to);
            if (nextNewline < 0 && !(atRest && next == to) && !isOther(bytes, next, to)) {
                break;
            }
            if (nextNewline < 0 || !continues(bytes, next, nextNewline)) {
                frame.set(from, LineFraming.endOfText(bytes, from, newline), next);
                return true;
            }
            newline = nextNewline;
        }
        frame.set(from, from, from);
        return false;
    }

    /** Whether a line that is not complete yet can already be told to begin another entry. */
    private boolean isOther(byte[] bytes, int start, int to) {
        return to - start > SURELY_PREFIX && !continues(bytes, start, start + SURELY_PREFIX);
    }

    private boolean continues(byte[] bytes, int start, int end) {
        if (bytes[start] == '\t') {
            return true;
        }
        for (byte[] word : SECONDARY) {
            if (contains(bytes, start, end, word)) {
                LinePrefix.Line line = prefix.read(new String(bytes, start, end - start, StandardCharsets.UTF_8));
                return line != null && line.isSecondary();
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, int start, int end, byte[] word) {
        for (int i = start; i <= end - word.length; i++) {
            if (bytes[i] == word[0] && java.util.Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
