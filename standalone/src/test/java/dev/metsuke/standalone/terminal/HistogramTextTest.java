package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.find.AccessHistogram.Bar;
import dev.metsuke.archive.find.AccessHistogram.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTextTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Test
    void showsDaysWithoutAccessesAndTheLeastAsSomething() {
        List<String> lines = new HistogramText(Interval.DAY, TOKYO)
                .lines(List.of(
                        new Bar(Instant.parse("2026-10-31T15:00:00Z"), 1),
                        new Bar(Instant.parse("2026-11-02T15:00:00Z"), 2_000),
                        new Bar(Instant.parse("2026-11-03T15:00:00Z"), 1_000)));

        assertThat(lines)
                .containsExactly(
                        "2026-11-01 Sun      1  █",
                        "2026-11-02 Mon      0",
                        "2026-11-03 Tue  2,000  " + "█".repeat(50),
                        "2026-11-04 Wed  1,000  " + "█".repeat(25));
    }

    @Test
    void tellsALongSilenceInOneLine() {
        List<String> lines = new HistogramText(Interval.MONTH, TOKYO)
                .lines(List.of(
                        new Bar(Instant.parse("2025-12-31T15:00:00Z"), 3),
                        new Bar(Instant.parse("2026-10-31T15:00:00Z"), 3)));

        assertThat(lines)
                .containsExactly(
                        "2026-01  3  " + "█".repeat(50), "… 9 months without any", "2026-11  3  " + "█".repeat(50));
    }

    @Test
    void followsTheClockWhereItIsTurnedBack() {
        List<String> lines = new HistogramText(Interval.HOUR, ZoneId.of("Europe/Berlin"))
                .lines(List.of(
                        new Bar(Instant.parse("2026-10-25T00:00:00Z"), 1),
                        new Bar(Instant.parse("2026-10-25T01:00:00Z"), 1)));

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("2026-10-25 02:00 +02:00  1");
        assertThat(lines.getLast()).startsWith("2026-10-25 02:00 +01:00  1");
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(new HistogramText(Interval.HOUR, TOKYO).lines(List.of())).isEmpty();
    }

    @Test
    void writesBarsAsJson() {
        assertThat(HistogramText.json(List.of(new Bar(Instant.parse("2026-10-31T15:00:00Z"), 7))))
                .containsExactly("{\"accesses\":7,\"start\":\"2026-10-31T15:00:00Z\"}");
    }
}
