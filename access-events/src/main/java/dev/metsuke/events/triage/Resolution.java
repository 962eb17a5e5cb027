package dev.metsuke.events.triage;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** What an alert turned out to be. */
public enum Resolution implements Labelled {
    /** What it tells happened, and nobody allowed it: a true positive. */
    CONFIRMED("confirmed"),
    /** What it tells happened, and was allowed: a benign positive. */
    AUTHORISED("authorised"),
    /** What it tells did not happen, or is nothing unusual. */
    FALSE_POSITIVE("false-positive");

    private final String label;

    Resolution(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    public static Optional<Resolution> ofLabel(String label) {
        return Labels.find(Resolution.class, label);
    }
}
