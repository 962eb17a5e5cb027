package dev.metsuke.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.benchmarks.contest.Percentiles;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final long MILLI = 1_000_000;

    @Test
    void countsFromTheLineToTheFirstSightInEachPlace() {
        Sightings sightings = new Sightings(2);
        sightings.written(0, 0);
        sightings.written(1, 10 * MILLI);

        sightings.inKafka(0, 1_000 * MILLI);
        sightings.inKafka(1, 30 * MILLI);
        sightings.inKafka(1, 50 * MILLI);
        assertThat(sightings.isAnySearchable()).isFalse();
        sightings.searchable(1, 110 * MILLI);

        assertThat(sightings.isAnySearchable()).isTrue();
        assertThat(sightings.missing(2)).isEqualTo(1);
        assertThat(sightings.missingInSearch(9)).containsExactly(0);
        sightings.searchable(0, 2_000 * MILLI);
        assertThat(sightings.missing(2)).isZero();
        assertThat(sightings.untilKafka(1)).isEqualTo(new Percentiles(20, 20, 20));
        assertThat(sightings.untilSearchable(1)).isEqualTo(new Percentiles(100, 100, 100));
    }

    @Test
    void searchesForWhatIsWrittenOnly() {
        Sightings sightings = new Sightings(4);
        sightings.written(0, 5);
        sightings.written(1, 6);
        sightings.written(2, 7);
        sightings.searchable(1, 9);

        assertThat(sightings.missingInSearch(9)).containsExactly(0, 2);
        assertThat(sightings.missingInSearch(1)).containsExactly(0);
    }

    @Test
    void percentilesAreValuesThatWereMeasured() {
        double[] millis =
                DoubleStream.iterate(200, value -> value - 1).limit(200).toArray();

        assertThat(Percentiles.of(millis)).isEqualTo(new Percentiles(100, 198, 200));
        assertThat(Percentiles.of(new double[] {7})).isEqualTo(new Percentiles(7, 7, 7));
    }
}
