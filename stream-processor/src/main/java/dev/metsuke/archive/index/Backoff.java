package dev.metsuke.archive.index;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: full jitter, uniform between zero and a limit that doubles. */
final class Backoff {

    /** The first try's limit. */
    static final Duration FIRST = Duration.ofMillis(100);

    private static final int MOST_DOUBLINGS = 30;

    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /**
     * Draws a wait.
     *
     * @param failures how many tries failed so far, at least 1
     */
    Duration after(int failures) {
        long limit = Math.min(FIRST.toMillis() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS), longest.toMillis());
        return Duration.ofMillis(random.nextLong(limit + 1));
    }
}
