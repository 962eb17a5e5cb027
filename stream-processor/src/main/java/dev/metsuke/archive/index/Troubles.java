package dev.metsuke.archive.index;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bulks get no document in, and since when; each is its thread's. By time, not by tries: what waits for an index without
 * its shards is tried one bulk after the other, each for long, and a single bulk seldom.
 */
final class Troubles {

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** What is over sooner is no news. */
    static final Duration NEWS_AFTER = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<Thread, Trouble> troubles = new ConcurrentHashMap<>();
    private final AtomicBoolean isTold = new AtomicBoolean();

    Troubles(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * This thread's bulk got nothing in.
     *
     * @param began when it began to try; counts where it was not in trouble before
     */
    void note(Instant began, String reason) {
        troubles.merge(
                Thread.currentThread(),
                new Trouble(began, reason),
                (before, now) -> new Trouble(before.since(), now.reason()));
        Optional<String> lasting = lasting();
        if (lasting.isPresent() && isTold.compareAndSet(false, true)) {
            LOG.warn("Documents wait for Elasticsearch and are tried again: {}", lasting.get());
        }
    }

    /** This thread's bulk got something in, or is given up. */
    void over() {
        troubles.remove(Thread.currentThread());
        if (troubles.isEmpty()) {
            isTold.set(false);
        }
    }

    /** Why documents wait, where some have for long. */
    Optional<String> lasting() {
        Instant now = clock.instant();
        return troubles.values().stream()
                .filter(trouble -> trouble.isNews(now))
                .map(Trouble::reason)
                .findAny();
    }

    private record Trouble(Instant since, String reason) {

        boolean isNews(Instant now) {
            Duration lasts = Duration.between(since, now);
            // Less than nothing where the clock was set back: then nobody knows how long.
            return lasts.isNegative() || lasts.compareTo(NEWS_AFTER) >= 0;
        }
    }
}
