package dev.metsuke.console.access;

import dev.metsuke.console.language.Text;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names and passwords against the configured users, by HTTP Basic or from the log-in page; without users everyone is let in,
 * which only loopback allows. What was right once is known from then on, whatever strangers guess meanwhile.
 */
final class Authentication {

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final int REMEMBERED = 256;

    private final Map<String, ConsoleUser> users;
    private final List<PasswordHash> ofNobodies;
    private final InstantSource clock;
    private final Counter wrong;
    private final Counter unseen;
    private final SigningKey key = SigningKey.random();
    private final Map<String, ConsoleUser> remembered = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<LogIn>> underWay = new ConcurrentHashMap<>();
    private final FailedLogIns failed = new FailedLogIns();
    private final HashQueue hashes = new HashQueue();

    Authentication(List<ConsoleUser> users, InstantSource clock, MeterRegistry meters) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(ConsoleUser::name, user -> user));
        ofNobodies = users.stream().map(user -> user.passwordHash().ofNobody()).toList();
        this.clock = clock;
        wrong = counter("wrong", meters);
        unseen = counter("not looked at", meters);
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder("metsuke.console.logins.failed")
                .description("Log-ins with credentials that were wrong, or too many to be looked at")
                .tag("reason", reason)
                .register(meters);
    }

    /** Whether anyone must log in. */
    boolean isRequired() {
        return !users.isEmpty();
    }

    /**
     * What comes of an {@code Authorization} header.
     *
     * @param address where it comes from
     */
    LogIn logInByHeader(@Nullable String authorization, String address) {
        if (users.isEmpty()) {
            return new LogIn.LetIn(Caller.local(address));
        }
        return Credentials.of(authorization)
                .map(credentials -> logIn(credentials, address))
                .orElseGet(LogIn.Missing::new);
    }

    /** What comes of a name and a password. */
    LogIn logIn(Credentials credentials, String address) {
        // Browsers send the password with every request: what was right once is remembered, but only as a keyed hash.
        String fingerprint = fingerprint(credentials);
        Optional<LogIn> known = known(fingerprint, address);
        if (known.isPresent()) {
            return known.get();
        }
        // Several requests with the same credentials are one guess.
        String guess = address + ' ' + fingerprint;
        CompletableFuture<LogIn> mine = new CompletableFuture<>();
        CompletableFuture<LogIn> others = underWay.putIfAbsent(guess, mine);
        if (others != null) {
            return others.join();
        }
        LogIn outcome = new LogIn.Wrong();
        try {
            outcome = known(fingerprint, address).orElseGet(() -> guess(credentials, fingerprint, address));
        } finally {
            underWay.remove(guess);
            mine.complete(outcome);
        }
        return outcome;
    }

    private Optional<LogIn> known(String fingerprint, String address) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(fingerprint)).map(user -> letIn(user, address));
        }
    }

    private static LogIn letIn(ConsoleUser user, String address) {
        return new LogIn.LetIn(new Caller(user.name(), EnumSet.copyOf(user.roles()), address));
    }

    private LogIn guess(Credentials credentials, String fingerprint, String address) {
        String name = credentials.shownName();
        Optional<Duration> wait = failed.begin(name, address, clock.instant());
        if (wait.isPresent()) {
            unseen.increment();
            return new LogIn.NotNow(429, Text.of("access.too-many-failed"), wait.get());
        }
        ConsoleUser user = users.get(credentials.name());
        PasswordHash hash = user == null ? ofNobody(credentials.name()) : user.passwordHash();
        Optional<Boolean> isRight = hashes.matches(hash, credentials.password());
        if (isRight.isEmpty()) {
            failed.withdrawn(name, address);
            unseen.increment();
            return new LogIn.NotNow(503, Text.of("access.too-many-at-once"), Duration.ofSeconds(5));
        }
        if (user == null || !isRight.get()) {
            wrong.increment();
            LOG.warn("A log-in as “{}” from {} failed", name, address);
            return new LogIn.Wrong();
        }
        failed.succeeded(name, address);
        remember(fingerprint, user);
        return letIn(user, address);
    }

    /** As long as some user's takes, and for one name always the same: hashes that differ in that would tell which names are users'. */
    private PasswordHash ofNobody(String name) {
        return ofNobodies.get(Math.floorMod(name.hashCode(), ofNobodies.size()));
    }

    private void remember(String fingerprint, ConsoleUser user) {
        synchronized (remembered) {
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(fingerprint, user);
        }
    }

    private String fingerprint(Credentials credentials) {
        // A page may send a name with a colon in it.
        String both = credentials.name().length() + ":" + credentials.name() + credentials.password();
        return HexFormat.of().formatHex(key.sign(both));
    }
}
