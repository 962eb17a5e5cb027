package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.PrefixTracker.Ticket;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrefixTrackerTest {

    @Test
    void hasNothingPendingAtFirst() {
        assertThat(new PrefixTracker().firstPending()).isEmpty();
    }

    @Test
    void holdsBackWhatIsThroughBehindOneThatIsNot() {
        // Given
        PrefixTracker tracker = new PrefixTracker();
        Ticket first = tracker.started(7);
        Ticket second = tracker.started(9);

        // When
        tracker.confirmed(second);

        // Then
        assertThat(tracker.firstPending()).hasValue(7);
        tracker.confirmed(first);
        assertThat(tracker.firstPending()).isEmpty();
        assertThat(tracker.size()).isZero();
    }

    @Test
    void refusesOffsetsOutOfOrder() {
        PrefixTracker tracker = new PrefixTracker();
        tracker.started(9);
        assertThatThrownBy(() -> tracker.started(9)).hasMessageContaining("offset 9");
    }

    @Test
    void agreesWithSetOfPendingOffsets() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        PrefixTracker tracker = new PrefixTracker();
        TreeMap<Long, Ticket> pending = new TreeMap<>();
        Map<Long, Ticket> confirmed = new HashMap<>();
        long offset = 0;
        for (int step = 0; step < 20_000; step++) {
            if (pending.isEmpty() || random.nextInt(100) < 48) {
                offset += 1 + random.nextInt(3);
                pending.put(offset, tracker.started(offset));
            } else {
                Long drawn = pending.ceilingKey(pending.firstKey() + random.nextLong(offset - pending.firstKey() + 1));
                Long chosen = drawn == null ? pending.firstKey() : drawn;
                Ticket ticket = Objects.requireNonNull(pending.remove(chosen));
                confirmed.put(chosen, ticket);
                tracker.confirmed(ticket);
            }
            OptionalLong expected = pending.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pending.firstKey());
            assertThat(tracker.firstPending())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(expected);
        }
        assertThat(confirmed).as("seed %d", seed).isNotEmpty();
    }
}
