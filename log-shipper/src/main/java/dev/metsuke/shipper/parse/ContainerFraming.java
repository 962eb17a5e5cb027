package dev.metsuke.shipper.parse;

import dev.metsuke.shipper.tail.Frame;
import dev.metsuke.shipper.tail.Framing;
import dev.metsuke.shipper.tail.LineFraming;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A record is a line of the runtime's, or the lines that hold the parts of one of the container's, up to the last part; what the
 * other output wrote meanwhile stands between them.
 */
final class ContainerFraming implements Framing {

    /** Behind Docker's text, in which every quote has a backslash before it. */
    private static final byte[] BEHIND_TEXT = ascii("\",\"stream\":\"std");

    private static final byte[] STDERR = ascii(" stderr ");
    private static final byte[] STDOUT = ascii(" stdout ");

    @Override
    public boolean find(byte[] bytes, int from, int to, boolean atRest, Frame frame) {
        boolean isOfStderr = false;
        boolean isFirst = true;
        boolean goesOn = true;
        int next = from;
        int newline = LineFraming.newline(bytes, next, to);
        while (newline >= 0) {
            Part part = Part.in(bytes, next, newline);
            if (isFirst) {
                isOfStderr = part.isOfStderr();
            }
            if (part.isOfStderr() == isOfStderr || !part.isKnown()) {
                goesOn = part.goesOn();
            }
            isFirst = false;
            next = newline + 1;
            if (!goesOn || (atRest && next == to)) {
                frame.set(from, LineFraming.endOfText(bytes, from, newline), next);
                return true;
            }
            newline = LineFraming.newline(bytes, next, to);
        }
        frame.set(from, from, from);
        return false;
    }

    @Override
    public boolean isOfLines() {
        return true;
    }

    /**
     * What a line tells of itself.
     *
     * @param isKnown whether it is one of a runtime's
     * @param isOfStderr from which output
     * @param goesOn whether another part follows
     */
    private record Part(boolean isKnown, boolean isOfStderr, boolean goesOn) {

        private static final Part OTHER = new Part(false, false, false);

        static Part in(byte[] bytes, int start, int end) {
            return bytes[start] == '{' ? ofDocker(bytes, start, end) : ofKubernetes(bytes, start, end);
        }

        private static Part ofDocker(byte[] bytes, int start, int end) {
            int behind = indexOf(BEHIND_TEXT, bytes, start, end);
            if (behind < 0) {
                return OTHER;
            }
            int stream = behind + BEHIND_TEXT.length;
            return new Part(true, stream < end && bytes[stream] == 'e', !endsLine(bytes, start, behind));
        }

        /** Whether a text in JSON ends with a line end, which is a backslash and an n. */
        private static boolean endsLine(byte[] bytes, int start, int end) {
            int backslashes = end - 1;
            while (backslashes > start && bytes[backslashes - 1] == '\\') {
                backslashes--;
            }
            return bytes[end - 1] == 'n' && (end - 1 - backslashes) % 2 == 1;
        }

        private static Part ofKubernetes(byte[] bytes, int start, int end) {
            int space = start;
            while (space < end && bytes[space] != ' ') {
                space++;
            }
            boolean isOfStderr = stands(STDERR, bytes, space, end);
            int tag = space + STDERR.length;
            return isOfStderr || stands(STDOUT, bytes, space, end)
                    ? new Part(true, isOfStderr, tag < end && bytes[tag] == 'P')
                    : OTHER;
        }
    }

    private static int indexOf(byte[] wanted, byte[] bytes, int start, int end) {
        for (int i = start; i <= end - wanted.length; i++) {
            if (bytes[i] == wanted[0] && stands(wanted, bytes, i, end)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean stands(byte[] wanted, byte[] bytes, int at, int end) {
        return end - at >= wanted.length && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
