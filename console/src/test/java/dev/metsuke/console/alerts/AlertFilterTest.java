package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.console.entry.AskedPeriod;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertFilterTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** From 12:00 to 12:10 on 1 April in Tokyo. */
    private final Alert alert = SampleAlerts.bulkRead("yamada", Severity.HIGH, 500);

    @Test
    void aDayHasTheEpisodesThatBeginOrEndInItOrLastLonger() {
        assertThat(matches(day("2026-04-01"), day("2026-04-02"))).isTrue();
        assertThat(matches(alert.end(), null)).isTrue();
        assertThat(matches(null, alert.start().plusMillis(1))).isTrue();
        assertThat(matches(alert.start().plusSeconds(60), alert.start().plusSeconds(120)))
                .isTrue();
    }

    @Test
    void aDayHasNoEpisodesThatWereOverBeforeOrBeganAfter() {
        assertThat(matches(day("2026-03-31"), day("2026-04-01"))).isFalse();
        assertThat(matches(day("2026-04-02"), null)).isFalse();
        assertThat(matches(alert.end().plusMillis(1), null)).isFalse();
        assertThat(matches(null, alert.start())).isFalse();
    }

    private boolean matches(@Nullable Instant from, @Nullable Instant until) {
        return new AlertFilter(null, null, null, null, null, null, new AskedPeriod(from, until, TOKYO)).matches(alert);
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(TOKYO).toInstant();
    }
}
