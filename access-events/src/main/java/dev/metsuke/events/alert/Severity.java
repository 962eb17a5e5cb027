package dev.metsuke.events.alert;

import java.util.Optional;

/** How urgent an alert is; the numbers are Elastic Security's risk scores for the same words. */
public enum Severity {
    LOW("low", 21),
    MEDIUM("medium", 47),
    HIGH("high", 73),
    CRITICAL("critical", 99);

    private final String label;
    private final int score;

    Severity(String label, int score) {
        this.label = label;
        this.score = score;
    }

    public String label() {
        return label;
    }

    /** {@code event.severity}, 0 to 100. */
    public int score() {
        return score;
    }

    public static Optional<Severity> ofLabel(String label) {
        for (Severity severity : values()) {
            if (severity.label.equals(label)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
