package dev.metsuke.shipper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadwayTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Headway headway = new Headway(Duration.ofSeconds(90), 0);

    @Test
    void isLostOnceNothingCameForTheWholePatience() {
        assertThat(headway.isLost(0, 0)).isFalse();
        assertThat(headway.isLost(7, 10 * SECOND)).isFalse();
        assertThat(headway.isLost(7, 100 * SECOND)).isFalse();
        assertThat(headway.isLost(7, 101 * SECOND)).isTrue();
    }

    @Test
    void isNotLostHoweverLongReadingTakes() {
        for (int read = 0; read < 1_000; read++) {
            assertThat(headway.isLost(read, read * 60 * SECOND)).isFalse();
        }
    }
}
