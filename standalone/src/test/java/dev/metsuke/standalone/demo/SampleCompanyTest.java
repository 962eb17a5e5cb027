package dev.metsuke.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleCompanyTest {

    /** Every fifth hour of a week with a holiday in it, and the turn of a year: the demo may be started at any time. */
    static Stream<Instant> times() {
        return Stream.of(Instant.parse("2026-11-20T00:30:00Z"), Instant.parse("2026-12-31T14:59:00Z"))
                .flatMap(start -> Stream.iterate(start, time -> time.plusSeconds(5 * 3_600))
                        .limit(34));
    }

    @ParameterizedTest
    @MethodSource("times")
    void everyIncidentIsInTheHistoryWheneverTheDemoStarts(Instant now) {
        String history = String.join(
                "\n",
                new SampleCompany(1, now)
                        .history().values().stream().flatMap(Collection::stream).toList());

        assertThat(history)
                .containsOnlyOnce("COPY customers TO STDOUT csv header")
                .containsOnlyOnce("/customers-export/all.csv")
                .containsOnlyOnce("OutOfMemoryError");
        assertThat(history.split("/customers/C-004(0\\d|1[01]) HTTP", -1)).hasSizeGreaterThan(12);
    }

    @ParameterizedTest
    @MethodSource("times")
    void theSameSeedAndTimeGiveTheSameCompany(Instant now) {
        assertThat(new SampleCompany(7, now).history()).isEqualTo(new SampleCompany(7, now).history());
    }
}
