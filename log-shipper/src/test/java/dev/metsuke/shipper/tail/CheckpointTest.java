package dev.metsuke.shipper.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    @Test
    void keepsFewAndOneNotMuchFurtherFromTheEndThanAnyPlace() {
        Random random = new Random(1);
        List<Checkpoint> kept = new ArrayList<>();
        long longestStep = 1_000;
        long end = 0;
        for (int i = 0; i < 20_000; i++) {
            end += 1 + random.nextLong(longestStep);
            kept.add(new Checkpoint(end, i));
            kept = Checkpoint.thinned(kept);
            assertThat(kept)
                    .hasSizeLessThan(40)
                    .isSortedAccordingTo((one, other) -> Long.compare(one.offset(), other.offset()));
        }
        long first = kept.getFirst().offset();
        for (long cut = 1; cut < end - first; cut *= 2) {
            long rest = end - cut;
            long furthest = kept.stream()
                    .mapToLong(Checkpoint::offset)
                    .filter(offset -> offset <= rest)
                    .max()
                    .orElseThrow();
            assertThat(end - furthest).isLessThanOrEqualTo(2 * cut + 2 * longestStep);
        }
    }
}
