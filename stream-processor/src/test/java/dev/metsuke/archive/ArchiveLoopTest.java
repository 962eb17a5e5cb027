package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchiveLoopTest {

    @Test
    void commitsTwiceASecondWhateverTheClockIsSetTo() {
        Instant last = Instant.parse("2026-12-01T12:00:00Z");

        assertThat(ArchiveLoop.isDue(Instant.MIN, last)).isTrue();
        assertThat(ArchiveLoop.isDue(last, last.plusMillis(499))).isFalse();
        assertThat(ArchiveLoop.isDue(last, last.plusMillis(500))).isTrue();
        assertThat(ArchiveLoop.isDue(last, last.minusSeconds(3_600))).isTrue();
    }
}
