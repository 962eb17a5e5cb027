package dev.metsuke.events.access;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** Whether the access succeeded: {@code event.outcome}. */
public enum Outcome implements Labelled {
    SUCCESS("success"),
    FAILURE("failure"),
    UNKNOWN("unknown");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Optional<Outcome> ofLabel(String label) {
        return Labels.find(Outcome.class, label);
    }
}
