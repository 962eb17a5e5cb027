package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "1764000000, 2025-11-24T16:00:00Z",
        "1764000000.123, 2025-11-24T16:00:00.123Z",
        "1764000000.123456, 2025-11-24T16:00:00.123Z",
        "1.764000000123456E9, 2025-11-24T16:00:00.123Z",
        "1.764e9, 2025-11-24T16:00:00Z",
    })
    void readsSecondsHoweverTheyAreWritten(String text, Instant time) {
        assertThat(Times.epochSeconds(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1e999999999", "1e-999999999", "9999999999999", "0x10"})
    void readsNoSecondsFromWhatIsNone(String text) {
        assertThat(Times.epochSeconds(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-12-01T00:00:00.5Z",
                "2026-12-01 00:00:00.5Z",
                "2026-12-01T00:00:00.5 Z",
                "2026-12-01 00:00:00.5 Z",
                "2026-12-01 09:00:00.5 +09:00",
                "2026-12-01 09:00:00.5",
                "2026-12-01 09:00:00,500",
                "2026-12-01T00:00:00,5Z",
            })
    void readsIsoTimesWithASpaceOrT(String text) {
        assertThat(Times.iso(text, ZoneId.of("Asia/Tokyo"))).isEqualTo(Instant.parse("2026-12-01T00:00:00.5Z"));
    }

    @Test
    void readsIsoTimesWithoutSeconds() {
        assertThat(Times.iso("2026-12-01T00:00Z", ZoneOffset.UTC)).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yyyy/MM/dd",
                "yyyy/MM/dd hh:mm",
                "yyyy/mm/dd HH:mm:ss",
                "YYYY/MM/dd HH:mm:ss",
                "yyyy/MM/DD HH:mm:ss",
                "HH:mm:ss",
                "MMM d HH:mm:ss",
            })
    void refusesPatternsThatTellNoTime(String pattern) {
        assertThatThrownBy(() -> TimePattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it does not tell a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30 09:00:00", "2026-04-31T09:00:00+09:00", "2026-12-01T25:00:00"})
    void readsNoTimeThatNeverWas(String text) {
        assertThat(Times.iso(text, ZoneId.of("Asia/Tokyo"))).isNull();
    }
}
