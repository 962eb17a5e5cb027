package dev.metsuke.shipper.parse;

import java.nio.charset.Charset;

/**
 * Which pairs of bytes are one character whose second byte may look like a mark in ASCII, as {@code ポ} of Shift_JIS ends with
 * the byte of {@code |}. Line ends, quotes and commas are in no such character of an encoding that can be set.
 */
final class DoubleBytes {

    private static final int ASCII = 128;
    private static final int BYTES = 256;
    private static final char REPLACEMENT = '\uFFFD';

    private final boolean[] pairs;

    private DoubleBytes(boolean[] pairs) {
        this.pairs = pairs;
    }

    /** None where no character of the encoding has a byte of ASCII behind its first. */
    static DoubleBytes of(Charset charset) {
        boolean[] pairs = new boolean[ASCII * BYTES];
        boolean hidesAscii = false;
        byte[] pair = new byte[2];
        for (int first = ASCII; first < BYTES; first++) {
            boolean standsAlone = isText(new String(new byte[] {(byte) first}, charset));
            for (int second = 0; second < BYTES; second++) {
                pair[0] = (byte) first;
                pair[1] = (byte) second;
                // One character may be two of UTF-16.
                boolean isOne = !standsAlone && isText(new String(pair, charset));
                pairs[(first - ASCII) * BYTES + second] = isOne;
                hidesAscii |= isOne && second < ASCII;
            }
        }
        return new DoubleBytes(hidesAscii ? pairs : new boolean[0]);
    }

    private static boolean isText(String decoded) {
        return decoded.indexOf(REPLACEMENT) < 0;
    }

    boolean isOne(byte first, byte second) {
        return first < 0 && pairs.length > 0 && pairs[(first + ASCII) * BYTES + (second & 0xFF)];
    }
}
