package dev.metsuke.events.triage;

import java.util.Optional;

/** What an alert turned out to be. */
public enum Resolution {
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

    public String label() {
        return label;
    }

    public static Optional<Resolution> ofLabel(String label) {
        for (Resolution resolution : values()) {
            if (resolution.label.equals(label)) {
                return Optional.of(resolution);
            }
        }
        return Optional.empty();
    }
}
