package dev.metsuke.console.alerts;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.Labels;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an alert stood when somebody looked at it.
 *
 * @param events how many accesses it counted; null for as many as it counts now
 * @param severity how urgent it was; null for what it is now
 * @param after the last action that they knew of, empty where there was none; null for whatever is the last
 */
record AlertSight(
        @Nullable Long events,
        @Nullable Severity severity,
        @Nullable String after) {

    /** Of who says nothing about it. */
    static final AlertSight NONE = new AlertSight(null, null, null);

    static final List<String> MEMBERS = List.of("events", "severity", "after");

    /** Adds everything that is wrong. */
    static AlertSight read(JsonDocument body, List<Problem> wrong) throws MalformedDocumentException {
        Long events = body.integer("events");
        if (events != null && events < 0) {
            wrong.add(Problem.ofField("events", Text.of("triage.no-number-of-accesses", events)));
        }
        String written = TriageDraft.given(body, "severity");
        Severity severity = written == null ? null : Severity.ofLabel(written).orElse(null);
        if (written != null && severity == null) {
            wrong.add(
                    Problem.ofField("severity", Text.of("entry.choice.unknown", written, Labels.all(Severity.class))));
        }
        return new AlertSight(events, severity, body.text("after"));
    }
}
