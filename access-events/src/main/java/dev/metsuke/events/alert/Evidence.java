package dev.metsuke.events.alert;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event that an alert rests on, enough of it to be read without the archive.
 *
 * @param eventId the event's id
 * @param timestamp when the access happened
 * @param action what was done
 * @param dataset what was touched
 * @param records how many people's data, where known
 */
public record Evidence(
        String eventId,
        Instant timestamp,
        Action action,
        @Nullable String dataset,
        @Nullable Long records) implements Comparable<Evidence> {

    private static final Comparator<Evidence> ORDER =
            Comparator.comparing(Evidence::timestamp).thenComparing(Evidence::eventId);

    public static Evidence of(AccessEvent event) {
        return new Evidence(event.id(), event.timestamp(), event.action(), event.dataset(), event.records());
    }

    /** By event time, then by id: the same whatever order the events arrived in. */
    @Override
    public int compareTo(Evidence other) {
        return ORDER.compare(this, other);
    }

    /** As members of a JSON object. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("event_id", eventId);
        members.put("timestamp", timestamp);
        members.put("action", action.label());
        members.put("dataset", dataset);
        members.put("records", records);
        return members;
    }

    public static Evidence of(JsonDocument document) throws MalformedDocumentException {
        return new Evidence(
                document.requiredText("event_id"),
                document.requiredInstant("timestamp"),
                document.required("action", Action.class),
                document.text("dataset"),
                document.integer("records"));
    }
}
