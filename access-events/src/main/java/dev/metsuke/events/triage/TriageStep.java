package dev.metsuke.events.triage;

import dev.metsuke.events.json.Labelled;
import dev.metsuke.events.json.Labels;
import java.util.Optional;

/** What somebody can do about an alert. */
public enum TriageStep implements Labelled {
    /** Looks into it, or has somebody look into it. */
    ACKNOWLEDGE("acknowledge", "alert-acknowledged"),
    /** Gives it to somebody, or to nobody. */
    ASSIGN("assign", "alert-assigned"),
    /** Adds words. */
    COMMENT("comment", "alert-commented"),
    /** Says what it was. */
    RESOLVE("resolve", "alert-resolved"),
    /** Has it looked into again. */
    REOPEN("reopen", "alert-reopened");

    private final String label;
    private final String eventAction;

    TriageStep(String label, String eventAction) {
        this.label = label;
        this.eventAction = eventAction;
    }

    @Override
    public String label() {
        return label;
    }

    /** {@code event.action} of the record that tells of it. */
    String eventAction() {
        return eventAction;
    }

    public static Optional<TriageStep> ofLabel(String label) {
        return Labels.find(TriageStep.class, label);
    }
}
