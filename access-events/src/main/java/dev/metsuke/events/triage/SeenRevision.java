package dev.metsuke.events.triage;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;

/**
 * How far an alert had grown when somebody looked at it.
 *
 * @param events how many accesses counted
 * @param severity how urgent it was
 */
public record SeenRevision(long events, Severity severity) {

    public SeenRevision {
        if (events < 0) {
            throw new IllegalArgumentException("an alert cannot count " + events + " accesses");
        }
    }

    public static SeenRevision of(Alert alert) {
        return new SeenRevision(alert.events(), alert.severity());
    }

    /** Whether there is more to it now: further accesses, or more urgent. */
    public boolean isOutgrownBy(SeenRevision now) {
        return now.events > events || now.severity.score() > severity.score();
    }

    /** What both saw. */
    public SeenRevision least(SeenRevision other) {
        return new SeenRevision(
                Math.min(events, other.events), severity.score() <= other.severity.score() ? severity : other.severity);
    }
}
