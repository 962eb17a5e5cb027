package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
    private static final AccountId BATCH = new AccountId("batch");
    private static final AccountId REPORTS = new AccountId("reports");
    private static final AccountId SATO = new AccountId("sato");
    private static final long MANY = 50_000;

    private final Pace pace = new Pace(Duration.ZERO);

    @BeforeEach
    void muchIsHeard() {
        for (int i = 0; i < 1_000; i++) {
            pace.hear();
        }
        pace.begin();
    }

    @Test
    void whoeverWasNotJudgedLatelyIsReadyWhateverOthersCost() {
        pace.judged(BATCH, MANY, NOW);
        pace.judged(BATCH, MANY, NOW);

        assertThat(pace.isReady(SATO, NOW)).isTrue();
    }

    @Test
    void accountOfManyReadsWaitsUntilItsJudgementIsASmallPartOfTheTime() {
        pace.judged(BATCH, MANY, NOW);

        assertThat(pace.isReady(BATCH, NOW.plusMillis(1_999))).isFalse();
        assertThat(pace.isReady(BATCH, NOW.plusMillis(2_000))).isTrue();
    }

    @Test
    void accountsThatAreJudgedAgainShareThatTime() {
        pace.judged(REPORTS, 1, NOW);
        pace.judged(BATCH, MANY, NOW);
        pace.judged(BATCH, MANY, NOW.plusSeconds(2));

        assertThat(pace.isReady(REPORTS, NOW.plusMillis(3_999))).isFalse();
        assertThat(pace.isReady(REPORTS, NOW.plusMillis(4_000))).isTrue();
    }

    @Test
    void accountsWaitShorterWhileLittleIsHeard() {
        pace.begin();

        pace.judged(BATCH, MANY, NOW);

        assertThat(pace.isReady(BATCH, NOW.plusMillis(199))).isFalse();
        assertThat(pace.isReady(BATCH, NOW.plusMillis(200))).isTrue();
    }

    @Test
    void accountThatHasBeenReadyForAWhileIsForgotten() {
        pace.judged(REPORTS, MANY, NOW);
        pace.judged(BATCH, MANY, NOW);
        pace.judged(BATCH, MANY, NOW.plusSeconds(62));

        pace.forget(NOW.plusSeconds(63));

        assertThat(pace.isReady(REPORTS, NOW.plusSeconds(63))).isTrue();
        assertThat(pace.isReady(BATCH, NOW.plusSeconds(63))).isFalse();
    }
}
