package dev.metsuke.events.alert;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** How urgent an alert is; the numbers are Elastic Security's risk scores for the same words. */
public enum Severity implements Labelled {
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

    @Override
    public String label() {
        return label;
    }

    /** {@code event.severity}, 0 to 100. */
    public int score() {
        return score;
    }

    public static Optional<Severity> ofLabel(String label) {
        return Labels.find(Severity.class, label);
    }
}
