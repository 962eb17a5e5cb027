package dev.metsuke.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedLogInsTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");

    private final FailedLogIns failed = new FailedLogIns();

    @Test
    void boundsTheAttemptsOfOneNameFromOneAddress() {
        for (int i = 0; i < FailedLogIns.MOST_OF_NAME; i++) {
            assertThat(failed.begin("sato", "a", NOW)).isEmpty();
        }

        assertThat(failed.begin("sato", "a", NOW.plusSeconds(60))).contains(Duration.ofMinutes(4));
        assertThat(failed.begin("sato", "b", NOW)).isEmpty();
        assertThat(failed.begin("kato", "a", NOW)).isEmpty();
        assertThat(failed.begin("sato", "a", NOW.plus(FailedLogIns.WINDOW))).isEmpty();
    }

    @Test
    void boundsTheAttemptsOfOneAddressWhateverTheName() {
        for (int i = 0; i < FailedLogIns.MOST_OF_ADDRESS; i++) {
            assertThat(failed.begin("name" + i, "a", NOW)).isEmpty();
        }

        assertThat(failed.begin("sato", "a", NOW)).contains(FailedLogIns.WINDOW);
        assertThat(failed.begin("sato", "b", NOW)).isEmpty();
    }

    @Test
    void takesAllAddressesThatAHostMayHaveForOne() {
        for (int i = 0; i < FailedLogIns.MOST_OF_NAME; i++) {
            assertThat(failed.begin("sato", "2001:db8:0:7::" + i, NOW)).isEmpty();
        }

        assertThat(failed.begin("sato", "2001:db8:0:7:ffff:0:0:1", NOW)).contains(FailedLogIns.WINDOW);
        assertThat(failed.begin("sato", "2001:db8:0:8::1", NOW)).isEmpty();
    }

    @Test
    void countsNothingThatWasRightOrNotLookedAt() {
        for (int i = 0; i < 3 * FailedLogIns.MOST_OF_ADDRESS; i++) {
            assertThat(failed.begin("sato", "a", NOW)).isEmpty();
            if (i % 2 == 0) {
                failed.succeeded("sato", "a");
            } else {
                failed.withdrawn("sato", "a");
            }
        }
    }
}
