package dev.metsuke.events.access;

import java.util.Optional;

/** Whether the access succeeded: {@code event.outcome}. */
public enum Outcome {
    SUCCESS("success"),
    FAILURE("failure"),
    UNKNOWN("unknown");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Optional<Outcome> ofLabel(String label) {
        for (Outcome outcome : values()) {
            if (outcome.label.equals(label)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
