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
}
