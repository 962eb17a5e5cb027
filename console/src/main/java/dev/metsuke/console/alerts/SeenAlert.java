package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Map;

/**
 * An alert as the topic gave it.
 *
 * @param alert its latest state
 * @param raisedAt when its first state was written, by the broker's clock
 * @param revision grows with each state
 */
record SeenAlert(Alert alert, Instant raisedAt, long revision) {

    Map<String, Object> members() {
        try {
            return Map.of(
                    "raised_at",
                    raisedAt.toString(),
                    "revision",
                    revision,
                    "alert",
                    JsonDocument.parse(alert.toJson()).members());
        } catch (MalformedDocumentException e) {
            throw new AssertionError("an alert writes JSON", e);
        }
    }
}
