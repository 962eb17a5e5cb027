package dev.metsuke.events.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
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
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
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
