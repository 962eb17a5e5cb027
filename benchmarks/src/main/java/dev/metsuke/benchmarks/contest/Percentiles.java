package dev.metsuke.benchmarks.contest;

import java.util.Arrays;
import java.util.SequencedMap;

/**
 * How long something took, over all times it was measured; in milliseconds.
 *
 * @param median half took at most so long
 * @param p99 99 of 100 took at most so long
 * @param max the longest
 */
public record Percentiles(double median, double p99, double max) {

    /** Of at least one value; each percentile is one of the values. */
    public static Percentiles of(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Percentiles(rank(sorted, 0.5), rank(sorted, 0.99), sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    public void report(String name, SequencedMap<String, Double> figures) {
        figures.put(name + "_p50_ms", median);
        figures.put(name + "_p99_ms", p99);
        figures.put(name + "_max_ms", max);
    }

    public String describe() {
        return "p50 %.0f ms, p99 %.0f ms, at most %.0f ms".formatted(median, p99, max);
    }
}
