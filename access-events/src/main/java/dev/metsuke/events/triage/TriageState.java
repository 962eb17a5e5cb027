package dev.metsuke.events.triage;

import java.util.Optional;

/** How far people have come with an alert; the names are those of Elastic Security and ServiceNow. */
public enum TriageState {
    /** Nobody looked into it, or it is to be looked into again. */
    NEW("new"),
    /** Somebody looks into it. */
    ACKNOWLEDGED("acknowledged"),
    /** It is decided what it was. */
    RESOLVED("resolved");

    private final String label;

    TriageState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Optional<TriageState> ofLabel(String label) {
        for (TriageState state : values()) {
            if (state.label.equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
