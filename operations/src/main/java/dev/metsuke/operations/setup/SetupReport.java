package dev.metsuke.operations.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a setup did, one line a thing; a second setup right after it reports all as unchanged.
 *
 * @param lines in the order in which things were set up
 */
public record SetupReport(List<Line> lines) {

    public SetupReport {
        lines = List.copyOf(lines);
    }

    /** What became of one thing. */
    public enum Outcome {
        CREATED("created"),
        UPDATED("updated"),
        UNCHANGED("unchanged"),
        /** The server cannot do it, and everything else works without. */
        LEFT_OUT("left out"),
        /** Somebody must act. */
        PROBLEM("problem");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * One thing.
     *
     * @param subject what, such as {@code topic metsuke.alerts}
     * @param outcome what became of it
     * @param because why, and for a problem what to do
     */
    public record Line(
            String subject, Outcome outcome, @Nullable String because) {

        @Override
        public String toString() {
            return outcome.label() + "  " + subject + (because == null ? "" : ": " + because);
        }
    }

    /** Both reports as one. */
    public SetupReport plus(SetupReport other) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        return new SetupReport(all);
    }

    /** Whether anything was created or updated. */
    public boolean changed() {
        return has(Outcome.CREATED) || has(Outcome.UPDATED);
    }

    /** Whether somebody must act. */
    public boolean hasProblems() {
        return has(Outcome.PROBLEM);
    }

    /** All lines, for people. */
    public String describe() {
        return lines.stream().map(Line::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    private boolean has(Outcome outcome) {
        return lines.stream().anyMatch(line -> line.outcome() == outcome);
    }
}
