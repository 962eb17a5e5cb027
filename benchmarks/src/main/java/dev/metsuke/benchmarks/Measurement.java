package dev.metsuke.benchmarks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * What a benchmark measured.
 *
 * @param settings what it was run with
 * @param figures what came out, by name, in the order to print; rates and costs carry their unit in their name
 * @param bars what must hold among the figures
 */
public record Measurement(SequencedMap<String, String> settings, SequencedMap<String, Double> figures, List<Bar> bars) {

    public Measurement {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        figures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
        bars = List.copyOf(bars);
        for (Bar bar : bars) {
            if (!figures.containsKey(bar.figure())) {
                throw new IllegalArgumentException("a bar needs a figure that was measured, not " + bar.figure());
            }
        }
    }

    /** The last line of a run, made to be read by programs. */
    String resultLine(String name) {
        return "RESULT " + name + " "
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + number(figure.getValue()))
                        .collect(Collectors.joining(" "));
    }

    /** The bars that were missed, as lines to print. */
    List<String> missed() {
        return bars.stream()
                .filter(bar -> !bar.holds(figure(bar.figure())))
                .map(bar -> "MISSED " + bar.figure() + " is " + number(figure(bar.figure())) + ", must be "
                        + bar.describe())
                .toList();
    }

    private double figure(String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalArgumentException("not measured: " + name);
        }
        return value;
    }

    private static String number(double value) {
        return value >= 1_000 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * What a figure must be.
     *
     * @param figure which figure: a ratio to something measured in the same run, a size, or how long a user waits
     * @param comparison whether the limit is the least or the most
     * @param limit the limit
     */
    public record Bar(String figure, Comparison comparison, double limit) {

        public static Bar atLeast(String figure, double limit) {
            return new Bar(figure, Comparison.AT_LEAST, limit);
        }

        public static Bar atMost(String figure, double limit) {
            return new Bar(figure, Comparison.AT_MOST, limit);
        }

        boolean holds(double value) {
            return switch (comparison) {
                case AT_LEAST -> value >= limit;
                case AT_MOST -> value <= limit;
            };
        }

        String describe() {
            return switch (comparison) {
                case AT_LEAST -> "at least " + number(limit);
                case AT_MOST -> "at most " + number(limit);
            };
        }
    }

    /** Which side of the limit is the good one. */
    public enum Comparison {
        AT_LEAST,
        AT_MOST
    }
}
