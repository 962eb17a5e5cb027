package dev.metsuke.console.alerts;

import dev.metsuke.console.search.ArchivedDocument;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts as the API tells of them: {@code {"raised_at", "revision", "alert", "triage"}}. What the alert says is the topic's or
 * the archive's; how its triage stands is always the topic's.
 */
final class AlertEntries {

    private static final Logger LOG = LoggerFactory.getLogger(AlertEntries.class);

    private final TriageBook book;

    AlertEntries(TriageBook book) {
        this.book = book;
    }

    TriageView triage(Alert alert) {
        return TriageView.of(alert, book.of(alert.id()));
    }

    /** What was done about an alert, as {@link TriageView#history}. */
    List<Map<String, @Nullable Object>> history(String alertId) {
        return TriageView.history(book.of(alertId));
    }

    /** Whether an alert is wanted, as it and its triage stand. */
    boolean matches(AlertFilter filter, Alert alert) {
        return filter.matches(alert) && (!filter.asksForTriage() || filter.matches(triage(alert)));
    }

    Map<String, Object> of(SeenAlert seen) {
        Map<String, Object> members = new HashMap<>(seen.members());
        members.put("triage", triage(seen.alert()).members());
        return members;
    }

    Map<String, Object> of(ArchivedDocument document) {
        Map<String, Object> members = new HashMap<>();
        // Older than anything that the topic could still say about it.
        members.put("revision", -1L);
        members.put("alert", document.source());
        alert(document.source())
                .ifPresent(alert -> members.put("triage", triage(alert).members()));
        return members;
    }

    /** The alert of a document; empty where it is none. */
    static Optional<Alert> alert(Map<?, ?> document) {
        Map<String, @Nullable Object> members = new HashMap<>();
        document.forEach((name, value) -> members.put(String.valueOf(name), value));
        try {
            return Optional.of(Alert.fromJson(CanonicalJson.bytes(members)));
        } catch (MalformedDocumentException | IllegalArgumentException e) {
            LOG.warn("The archive's alert {} cannot be read: {}", members.get("event"), e.getMessage());
            return Optional.empty();
        }
    }
}
