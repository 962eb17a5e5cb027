package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;

/**
 * A record begins with a line that a pattern matches and goes on in those that it does not. So its end shows when the next
 * one begins, or when the file rests.
 */
final class StartPatternFraming implements Framing {

    private final TextPattern start;
    private final Encoding encoding;

    StartPatternFraming(TextPattern start, Encoding encoding) {
        this.start = start;
        this.encoding = encoding;
    }

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        return GroupedLines.find(bytes, from, to, atRest, frame, this::begins);
    }

    @Override
    public boolean isOfLines() {
        return true;
    }

    private boolean begins(byte[] bytes, int lineStart, int lineEnd) {
        int end = Math.min(lineEnd, lineStart + GroupedLines.SURELY_TOLD);
        return start.matchesBeginning(encoding.decode(bytes, lineStart, end));
    }
}
