package dev.metsuke.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret by which consoles know the sessions that they began themselves, or each other. */
public final class SessionKey {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec secret;

    private SessionKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** One that no other console has. */
    static SessionKey random() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new SessionKey(secret);
    }

    /** Takes any text that is long enough not to be guessed. */
    public static SessionKey parse(String written) {
        byte[] secret = written.strip().getBytes(StandardCharsets.UTF_8);
        if (secret.length < BYTES) {
            throw new IllegalArgumentException(
                    "a session key has " + BYTES + " characters or more; `openssl rand -hex 32` makes one");
        }
        return new SessionKey(secret);
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
        return other instanceof SessionKey that && secret.equals(that.secret);
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
