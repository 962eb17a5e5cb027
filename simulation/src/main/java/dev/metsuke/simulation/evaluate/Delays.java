package dev.metsuke.simulation.evaluate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long it took until incidents were told of, in order.
 *
 * @param sorted from an incident's start to its first alert
 */
public record Delays(List<Duration> sorted) {

    public Delays {
        sorted = sorted.stream().sorted().toList();
    }

    public Optional<Duration> median() {
        return rank(0.5);
    }

    public Optional<Duration> p95() {
        return rank(0.95);
    }

    /** The nearest rank: a delay that was seen, with at least the share of all at or below it. */
    private Optional<Duration> rank(double share) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
