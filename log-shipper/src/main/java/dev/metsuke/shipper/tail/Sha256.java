package dev.metsuke.shipper.tail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that tells files and lines apart. */
public final class Sha256 {

    private Sha256() {}

    public static byte[] of(byte[] bytes, int start, int end) {
        MessageDigest digest = digest();
        digest.update(bytes, start, end - start);
        return digest.digest();
    }

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
