package dev.metsuke.detect.bulkread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingUnionTest {

    /** Windows that stand still, go on little by little, and leave all behind. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void countsWhomEachWindowHolds(long seed) {
        // Given
        Random random = new Random(seed);
        List<People> reads = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            reads.add(random.nextInt(4) == 0 ? People.ofNumber(random.nextInt(9)) : people(random, 1_500));
        }
        SlidingUnion union = new SlidingUnion((place, sum) -> sum.add(reads.get(place)));

        int from = 0;
        int to = 0;
        while (from < reads.size() - 1) {
            // When
            to = Math.min(reads.size(), Math.max(from + 1, to + random.nextInt(40)));
            long counted = union.count(from, to);

            // Then
            People.Sum expected = new People.Sum();
            reads.subList(from, to).forEach(expected::add);
            assertThat(counted).isEqualTo(expected.count());
            from = Math.min(to - 1, from + random.nextInt(random.nextInt(10) == 0 ? 300 : 30));
            from = Math.min(from, reads.size() - 1);
            if (to == reads.size() && from == to - 1) {
                break;
            }
        }
    }

    /** An hour of minutes was added up anew with each of them; days of it were longer than a transaction may take. */
    @Test
    void unitesEachReadAFewTimesAlone() {
        // Given
        int[] added = new int[1];
        SlidingUnion union = new SlidingUnion((place, sum) -> added[0]++);

        // When
        for (int last = 0; last < 10_000; last++) {
            union.count(Math.max(0, last - 59), last + 1);
        }

        // Then
        assertThat(added[0]).isLessThan(8 * 10_000);
    }

    private static People people(Random random, int all) {
        List<String> named = new ArrayList<>();
        for (int left = random.nextInt(40); left >= 0; left--) {
            named.add("person-" + random.nextInt(all));
        }
        return People.of(null, named);
    }
}
