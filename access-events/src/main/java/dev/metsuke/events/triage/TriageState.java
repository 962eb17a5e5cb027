package dev.metsuke.events.triage;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** How far people have come with an alert; the names are those of Elastic Security and ServiceNow. */
public enum TriageState implements Labelled {
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

    @Override
    public String label() {
        return label;
    }

    public static Optional<TriageState> ofLabel(String label) {
        return Labels.find(TriageState.class, label);
    }
}
