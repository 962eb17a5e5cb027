package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
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

    private final LinePrefix prefix;
    private final Encoding encoding;

    PostgresStderrFraming(LinePrefix prefix, Encoding encoding) {
        this.prefix = prefix;
        this.encoding = encoding;
    }

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        return GroupedLines.find(bytes, from, to, atRest, frame, (line, start, end) -> !continues(line, start, end));
    }

    @Override
    public boolean isOfLines() {
        return true;
    }

    private boolean continues(byte[] bytes, int start, int end) {
        if (bytes[start] == '\t') {
            return true;
        }
        for (byte[] word : SECONDARY) {
            if (contains(bytes, start, end, word)) {
                LinePrefix.Line line = prefix.read(encoding.decode(bytes, start, end));
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
