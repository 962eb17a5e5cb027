package dev.metsuke.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in by the console's own page. A session is a text that its browser keeps, {@code NAME.UNTIL.NUMBER.SIGNATURE}: every
 * console with the same key knows it, and none keeps it. The signature is over the user's password hash as well, so that a new
 * password ends the sessions of the old one. Which ended before their time is what a console remembers.
 */
final class Sessions {

    private static final int NUMBER_BYTES = 16;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final Map<String, ConsoleUser> users;
    private final SessionSettings settings;
    private final SigningKey key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ended = new HashMap<>();

    Sessions(List<ConsoleUser> users, SessionSettings settings, InstantSource clock) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(ConsoleUser::name, user -> user));
        this.settings = settings;
        key = settings.keyOrRandom();
        this.clock = clock;
    }

    /**
     * Somebody who is logged in.
     *
     * @param said what is signed of its text: the signature could be spelt otherwise
     * @param until when they have to log in again
     */
    private record Session(String said, ConsoleUser user, Instant until) {}

    /** Begins one for a user. */
    String begin(String name) {
        ConsoleUser user = users.get(name);
        if (user == null) {
            throw new IllegalArgumentException("nobody is called " + name);
        }
        byte[] number = new byte[NUMBER_BYTES];
        random.nextBytes(number);
        long until = clock.instant().plus(settings.last()).getEpochSecond();
        String said = ENCODER.encodeToString(name.getBytes(StandardCharsets.UTF_8))
                + '.'
                + until
                + '.'
                + ENCODER.encodeToString(number);
        return said + '.' + ENCODER.encodeToString(signature(said, user));
    }

    /**
     * Whose a text is; empty where it is none of ours, or over.
     *
     * @param address where the request comes from
     */
    Optional<Caller> caller(@Nullable String token, String address) {
        return read(token)
                .filter(session -> !hasEnded(session))
                .map(session -> new Caller(
                        session.user().name(), EnumSet.copyOf(session.user().roles()), address, session.until()));
    }

    /** Ends one before its time, here: other consoles take the text until then, but its browser has it no more. */
    void end(@Nullable String token) {
        read(token).ifPresent(session -> {
            synchronized (ended) {
                ended.values().removeIf(this::isOver);
                ended.put(session.said(), session.until());
            }
        });
    }

    private boolean hasEnded(Session session) {
        synchronized (ended) {
            return ended.containsKey(session.said());
        }
    }

    private boolean isOver(Instant until) {
        return !clock.instant().isBefore(until);
    }

    private Optional<Session> read(@Nullable String token) {
        if (token == null) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            ConsoleUser user = users.get(new String(DECODER.decode(parts[0]), StandardCharsets.UTF_8));
            String said = token.substring(0, token.lastIndexOf('.'));
            if (user == null || !MessageDigest.isEqual(signature(said, user), DECODER.decode(parts[3]))) {
                return Optional.empty();
            }
            Instant until = Instant.ofEpochSecond(Long.parseLong(parts[1]));
            return isOver(until) ? Optional.empty() : Optional.of(new Session(said, user, until));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(String said, ConsoleUser user) {
        return key.sign(said + '\n' + user.passwordHash().written());
    }
}
