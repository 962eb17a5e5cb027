package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitSoonTest {

    private final CommitSoon soon = new CommitSoon(100);

    @Test
    void nothingIsDueWhereNothingWasTold() {
        assertThat(soon.isDue(0, false)).isFalse();
        assertThat(soon.isDue(1_000, false)).isFalse();
    }

    @Test
    void firstAlertIsDueAtOnce() {
        assertThat(soon.isDue(1_050, true)).isTrue();
        assertThat(soon.isDue(1_200, false)).isFalse();
    }

    @Test
    void anotherWithinTheIntervalWaitsForTheNext() {
        assertThat(soon.isDue(1_010, true)).isTrue();
        assertThat(soon.isDue(1_060, true)).isFalse();
        assertThat(soon.isDue(1_099, false)).isFalse();
        assertThat(soon.isDue(1_110, false)).isTrue();
        assertThat(soon.isDue(1_210, false)).isFalse();
    }

    @Test
    void whereWhatIsHeardHasWaitedItsAlertWaitsATenthAsLong() {
        soon.hear(4_000);
        assertThat(soon.isDue(10_010, true)).isTrue();
        soon.hear(4_000);
        assertThat(soon.isDue(10_399, true)).isFalse();
        assertThat(soon.isDue(10_400, false))
                .as("also where nothing more was heard")
                .isTrue();
    }

    @Test
    void whatIsFreshIsToldInTimeAlsoBesideWhatHasWaited() {
        soon.hear(4_000);
        assertThat(soon.isDue(10_010, true)).isTrue();
        soon.hear(50);
        soon.hear(4_000);
        assertThat(soon.isDue(10_060, true))
                .as("this interval's has been asked for")
                .isFalse();
        assertThat(soon.isDue(10_100, false)).isTrue();
    }

    @Test
    void longerAndShorterIntervalsByTurnsAskNoMoreOftenThanTheShorter() {
        int asked = 0;
        for (int now = 10_000; now < 12_000; now += 50) {
            soon.hear(now % 100 == 0 ? 2_000 : 0);
            asked += soon.isDue(now, true) ? 1 : 0;
        }

        assertThat(asked).isBetween(10, 20);
    }

    @Test
    void clocksMayBeSetBackAndRecordsComeFromTheFuture() {
        assertThat(soon.isDue(10_000, true)).isTrue();
        soon.hear(-60_000);
        assertThat(soon.isDue(5_000, true)).isTrue();
        assertThat(soon.isDue(5_050, true)).isFalse();
        assertThat(soon.isDue(5_100, false)).isTrue();
    }
}
