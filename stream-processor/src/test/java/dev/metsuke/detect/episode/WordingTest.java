package dev.metsuke.detect.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WordingTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MIDNIGHT = Instant.parse("2026-10-25T00:30:00Z");

    @Test
    void timesSayHowFarTheyAreFromUtc() {
        assertThat(Wording.time(MIDNIGHT, TOKYO)).isEqualTo("2026-10-25 09:30 +09:00");
        assertThat(Wording.time(MIDNIGHT, ZoneId.of("UTC"))).isEqualTo("2026-10-25 00:30 +00:00");
        assertThat(Wording.timeWithWeekday(MIDNIGHT, TOKYO)).isEqualTo("Sun 2026-10-25 09:30 +09:00");
    }

    /** Else the second would seem to be no later. */
    @Test
    void bothTimesDoWhereTheClocksChangeInBetween() {
        Instant later = MIDNIGHT.plusSeconds(3_600);

        assertThat(Wording.fromTo(MIDNIGHT, later, TOKYO))
                .isEqualTo("from 2026-10-25 09:30 to 2026-10-25 10:30 +09:00");
        assertThat(Wording.fromTo(MIDNIGHT, later, BERLIN))
                .isEqualTo("from 2026-10-25 02:30 +02:00 to 2026-10-25 02:30 +01:00");
    }
}
