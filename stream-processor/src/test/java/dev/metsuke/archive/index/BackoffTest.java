package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration LONGEST = Duration.ofSeconds(15);

    @Test
    void neverExceedsItsDoublingLimit() {
        long seed = new Random().nextLong();
        Backoff backoff = new Backoff(LONGEST, new Random(seed));
        for (int failures = 1; failures < 1_000; failures++) {
            long limit = failures < 8 ? 100L << (failures - 1) : LONGEST.toMillis();
            assertThat(backoff.after(failures).toMillis())
                    .as("seed %d, failures %d", seed, failures)
                    .isBetween(0L, limit);
        }
    }

    @Test
    void spreadsOverTheWholeRange() {
        long seed = new Random().nextLong();
        Backoff backoff = new Backoff(LONGEST, new Random(seed));
        long[] waits = IntStream.range(0, 1_000)
                .mapToLong(draw -> backoff.after(50).toMillis())
                .sorted()
                .toArray();
        assertThat(waits[50]).as("seed %d", seed).isLessThan(LONGEST.toMillis() / 5);
        assertThat(waits[950]).as("seed %d", seed).isGreaterThan(LONGEST.toMillis() * 4 / 5);
    }
}
