package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.verify.Headway;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadwayTellerTest {

    private static final Instant START = Instant.parse("2026-11-28T00:00:00Z");

    private final Headway headway = new Headway();
    private final HeadwayTeller teller = new HeadwayTeller(headway, START);

    @Test
    void foretellsWhatIsLeftByWhatWasDoneLast() {
        headway.judged(1_234);
        assertThat(describeAfter(10)).isEqualTo("10 s: 1,234 seals judged");

        headway.expect(100_000);
        headway.lookedAt(2_000);
        assertThat(describeAfter(70))
                .isEqualTo("1 min: 1,234 seals judged, 2,000 of 100,000 lines, about 49 min to go");

        // Sixty a second, whatever it was before.
        headway.lookedAt(3_600);
        assertThat(describeAfter(130))
                .isEqualTo("2 min: 1,234 seals judged, 5,600 of 100,000 lines, about 26 min to go");
    }

    @Test
    void tellsOfKafkasSealsBeforeAnyOfTheArchive() {
        assertThat(describeAfter(10)).isEqualTo("10 s: 0 seals judged");

        for (int i = 0; i < 1_500; i++) {
            headway.readOneOfKafkas();
        }
        assertThat(describeAfter(70)).isEqualTo("1 min: 1,500 of Kafka's seals read");

        headway.judged(2);
        assertThat(describeAfter(130)).isEqualTo("2 min: 2 seals judged");
    }

    @Test
    void foretellsNothingWhereNothingTellsOfIt() {
        headway.expect(10);
        assertThat(describeAfter(10)).isEqualTo("10 s: 0 seals judged, 0 of 10 lines");

        headway.lookedAt(12);
        assertThat(describeAfter(20)).isEqualTo("20 s: 0 seals judged, 12 of 10 lines");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1 min", "3599, 59 min", "3600, 1 h 0 min", "93784, 26 h 3 min"})
    void tellsTimesInTheUnitThatTheyAreLongIn(long seconds, String said) {
        assertThat(Numbers.roughly(Duration.ofSeconds(seconds))).isEqualTo(said);
    }

    private String describeAfter(long seconds) {
        return teller.describe(START.plusSeconds(seconds));
    }
}
