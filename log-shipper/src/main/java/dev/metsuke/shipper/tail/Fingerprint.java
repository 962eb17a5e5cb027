package dev.metsuke.shipper.tail;

import java.util.HexFormat;

/**
 * What a file begins with; tells a file from another that was given its inode, and from itself before a truncation.
 *
 * @param length how many of the first bytes it covers; it grows with the file up to {@link #MOST}
 * @param sha256 of those bytes, in hexadecimal
 */
public record Fingerprint(int length, String sha256) {

    public static final int MOST = 1024;

    /** Of a file of which nothing is known yet; every file matches it. */
    public static final Fingerprint EMPTY = new Fingerprint(0, "");

    public static Fingerprint of(byte[] head, int length) {
        return length == 0 ? EMPTY : new Fingerprint(length, sha256(head, length));
    }

    /** Whether a file that begins with these bytes can be the same file. */
    public boolean matches(byte[] head, int available) {
        return available >= length && (length == 0 || sha256(head, length).equals(sha256));
    }

    private static String sha256(byte[] bytes, int length) {
        return HexFormat.of().formatHex(Sha256.of(bytes, 0, length));
    }
}
