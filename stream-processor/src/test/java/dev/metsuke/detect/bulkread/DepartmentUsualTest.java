package dev.metsuke.detect.bulkread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.department.DepartmentDay;
import dev.metsuke.detect.department.DepartmentDay.Readers;
import dev.metsuke.detect.department.Histogram;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.UnusualPolicy;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DepartmentUsualTest {

    private static final UnusualPolicy POLICY = new UnusualPolicy(30, 4, 6);

    @Test
    void limitsAreHalfAsMuchAgainAsByAnOwnHistory() {
        DepartmentUsual usual = usual(working(20, 4), 3);

        assertThat(usual.day(true)).isEqualTo(new Usual.Yardstick(120, 20, 12, Peak.Yardstick.DEPARTMENT));
        // Four times the largest hour, 4, would be less than anybody looks into; six usual days are more than that.
        assertThat(usual.hour(true)).isEqualTo(new Usual.Yardstick(120, 4, 12, Peak.Yardstick.DEPARTMENT));
        assertThat(usual.least()).isEqualTo(120);
    }

    @Test
    void peopleWhoDifferHaveALimitFarther() {
        // Given: a median of 20, and of the distances from it, half of which are 0 and a quarter 19, one of 9.5
        Readers readers = new Readers(of(1, 20, 20, 100), of(1, 1, 1, 1));

        // When
        DepartmentUsual usual = usual(new DepartmentDay(readers, Readers.NOTHING), 3);

        // Then
        assertThat(usual.day(true)).extracting(Usual.Yardstick::limit).isEqualTo((long)
                Math.ceil(1.5 * (20 + 6 * 1.4826 * 9.5 * (1 + 5.0 / 12))));
    }

    @Test
    void ofTooFewDatesOrAccountsNothingIsKnown() {
        assertThat(usual(working(20, 4), 2)).isEqualTo(DepartmentUsual.UNKNOWN);
        assertThat(usual(new DepartmentDay(new Readers(of(9, 9, 9), of(9, 9, 9)), Readers.NOTHING), 20))
                .isEqualTo(DepartmentUsual.UNKNOWN);
        assertThat(DepartmentUsual.UNKNOWN.least()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void daysOffAreTheirOwnClassWhereThereAreEnough() {
        DepartmentDay free = new DepartmentDay(Readers.NOTHING, working(10, 2).working());
        List<DepartmentDay> days = Stream.of(working(20, 4), working(20, 4), working(20, 4), free, free)
                .toList();
        List<DepartmentDay> more = Stream.concat(days.stream(), Stream.of(free)).toList();

        assertThat(DepartmentUsual.of(days, POLICY).day(false))
                .extracting(Usual.Yardstick::usual, Usual.Yardstick::samples)
                .containsExactly(20L, 20L);
        assertThat(DepartmentUsual.of(more, POLICY).day(false))
                .extracting(Usual.Yardstick::usual, Usual.Yardstick::samples)
                .containsExactly(10L, 12L);
    }

    private static DepartmentUsual usual(DepartmentDay day, int dates) {
        return DepartmentUsual.of(Collections.nCopies(dates, day), POLICY);
    }

    private static DepartmentDay working(long people, long largestHour) {
        return new DepartmentDay(
                new Readers(of(people, people, people, people), of(largestHour, largestHour, largestHour, largestHour)),
                Readers.NOTHING);
    }

    private static Histogram of(long... numbers) {
        Histogram histogram = Histogram.NOTHING;
        for (long number : numbers) {
            histogram = histogram.with(Histogram.bucket(number), 1);
        }
        return histogram;
    }
}
