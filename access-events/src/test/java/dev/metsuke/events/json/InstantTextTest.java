package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    @Test
    void readsWhatInstantsWrite() throws MalformedDocumentException {
        long seed = 20_261_124;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long nanos = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> random.nextInt(1_000) * 1_000_000L;
                case 2 -> random.nextInt(1_000_000) * 1_000L;
                default -> random.nextInt(1_000_000_000);
            };
            Instant instant = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_799L), nanos);

            assertThat(InstantText.parse("t", instant.toString())).isEqualTo(instant);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-17 * 60, 17 * 60) * 60);
            OffsetDateTime local = instant.atOffset(offset);
            assertThat(InstantText.parse("t", local.toString())).isEqualTo(instant);
        }
    }

    @Test
    void writesWhatInstantsWrite() {
        long seed = 20_261_125;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        JsonBuffer out = new JsonBuffer(64);
        long second = 0;
        for (int i = 0; i < 20_000; i++) {
            int digits = random.nextInt(10);
            int unit = (int) Math.pow(10, 9 - digits);
            int nanos = digits == 0 ? 0 : random.nextInt(1_000_000_000) / unit * unit;
            // Some of them beyond the years of four digits, some of the same second as the one before.
            second = random.nextInt(4) == 0 ? second : random.nextLong(-63_000_000_000L, 254_000_000_000L);
            Instant instant = Instant.ofEpochSecond(second, nanos);
            out.clear();

            String written = new String(out.instant(instant).toByteArray(), StandardCharsets.US_ASCII);

            assertThat(written).isEqualTo('"' + instant.toString() + '"');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-11-31T00:00:00+09:00",
                "2026-11-24T00:00:00+19:00",
                "2026-11-24T00:00:00*09:00",
                "2026-01-01T24:00:01Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00,5Z",
                "2026-0a-01T00:00:00Z",
                "2026-01-01T00:00:00",
                "20261-01-01T00:00:00Z",
                "",
                "Z",
                "2026-01-01T00:00:00.1234567890Z"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> InstantText.parse("event.created", text))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageStartingWith("event.created is not an ISO 8601 time with offset: ");
    }
}
