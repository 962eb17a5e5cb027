package dev.metsuke.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret by which whoever has it knows what was signed with it. */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec secret;

    private SigningKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** One that no other console has. */
    static SigningKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new SigningKey(secret);
    }

    /** Takes any text that is long enough not to be guessed. */
    public static SigningKey parse(String written) {
        byte[] secret = written.strip().getBytes(StandardCharsets.UTF_8);
        if (secret.length < BYTES) {
            throw new IllegalArgumentException(
                    "a key has " + BYTES + " characters or more; `openssl rand -hex 32` makes one");
        }
        return new SigningKey(secret);
    }

    /** The text's HMAC-SHA-256 (RFC 2104). */
    byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that && secret.equals(that.secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** Not the key: settings are logged. */
    @Override
    public String toString() {
        return "…";
    }
}
