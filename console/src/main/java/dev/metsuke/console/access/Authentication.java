package dev.metsuke.console.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HTTP Basic against the configured users; without users everyone is let in, which only loopback allows. */
public final class Authentication {

    private static final String BASIC = "Basic ";
    private static final int REMEMBERED = 256;

    private final Map<String, ConsoleUser> users;
    private final @Nullable PasswordHash nobody;
    private final byte[] key = new byte[32];
    private final Map<String, Caller> remembered = new LinkedHashMap<>();
    // A hash costs a fraction of a second of a core; guessing must not take all of them.
    private final Semaphore hashing = new Semaphore(2);

    public Authentication(List<ConsoleUser> users) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(ConsoleUser::name, user -> user));
        this.nobody = users.isEmpty() ? null : PasswordHash.of("nobody".toCharArray());
        new SecureRandom().nextBytes(key);
    }

    /** Whether anyone must log in. */
    public boolean required() {
        return !users.isEmpty();
    }

    /** Whose credentials an {@code Authorization} header carries. */
    public Optional<Caller> caller(@Nullable String authorization) {
        if (users.isEmpty()) {
            return Optional.of(Caller.local());
        }
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        String credentials;
        try {
            credentials = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = credentials.indexOf(':');
        return colon < 0 ? Optional.empty() : check(credentials, colon);
    }

    private Optional<Caller> check(String credentials, int colon) {
        // Browsers send the password with every request: what was right once is remembered, but only as a keyed hash.
        String fingerprint = fingerprint(credentials);
        synchronized (remembered) {
            Caller known = remembered.get(fingerprint);
            if (known != null) {
                return Optional.of(known);
            }
        }
        ConsoleUser user = users.get(credentials.substring(0, colon));
        PasswordHash hash = user == null ? nobody : user.passwordHash();
        hashing.acquireUninterruptibly();
        boolean matches;
        try {
            matches = hash != null
                    && hash.matches(credentials.substring(colon + 1).toCharArray());
        } finally {
            hashing.release();
        }
        if (user == null || !matches) {
            return Optional.empty();
        }
        Caller caller = new Caller(user.name(), EnumSet.copyOf(user.roles()));
        synchronized (remembered) {
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(fingerprint, caller);
        }
        return Optional.of(caller);
    }

    private String fingerprint(String credentials) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(credentials.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }
}
