package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        soon.hear(3_600_000);
        assertThat(soon.isDue(10_100, true))
                .as("what is told later does not put it off")
                .isTrue();
    }

    @Test
    void whatIsToldOfNothingHeardIsToldInTime() {
        soon.hear(3_600_000);
        assertThat(soon.isDue(10_010, true)).isTrue();
        soon.hear(3_600_000);
        assertThat(soon.isDue(10_060, false)).isFalse();
        assertThat(soon.isDue(10_110, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void longerAndShorterIntervalsByTurnsAskNoMoreOftenThanTheShorter(int seed) {
        Random random = new Random(seed);
        List<Long> asked = new ArrayList<>();
        for (long now = 10_000; now < 40_000; now += random.nextInt(1, 80)) {
            soon.hear(random.nextInt(3) == 0 ? random.nextInt(20_000) : random.nextInt(500));
            if (soon.isDue(now, random.nextBoolean())) {
                asked.add(now / 100);
            }
        }

        assertThat(asked).hasSizeGreaterThan(100).doesNotHaveDuplicates();
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
