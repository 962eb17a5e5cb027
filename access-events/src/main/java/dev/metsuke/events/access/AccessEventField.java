package dev.metsuke.events.access;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one table that ties an event's components to its ECS fields.
 *
 * @param path the ECS field, dotted
 * @param get the component's value: text, integer, instant or list of text; null or an empty list where absent
 */
record AccessEventField(String path, Function<AccessEvent, @Nullable Object> get) {

    /** The version of the Elastic Common Schema whose names are used. */
    static final String ECS_VERSION = "9.0.0";

    static final String INTEGRITY_HASH = "metsuke.integrity.hash";

    /** In the order of canonical JSON: no path's object is a prefix of another's leaf, so sorted paths are sorted members. */
    static final List<AccessEventField> ALL = List.of(
                    field("@timestamp", AccessEvent::timestamp),
                    field("ecs.version", event -> ECS_VERSION),
                    field("event.action", event -> event.action().label()),
                    field("event.category", AccessEvent::eventCategories),
                    field("event.created", AccessEvent::created),
                    field("event.id", AccessEvent::id),
                    field("event.kind", event -> "event"),
                    field("event.original", AccessEvent::original),
                    field("event.outcome", event -> label(event.outcome())),
                    field("host.name", AccessEvent::hostName),
                    field("http.request.method", AccessEvent::httpMethod),
                    field("http.response.body.bytes", AccessEvent::httpBytes),
                    field("http.response.status_code", AccessEvent::httpStatus),
                    field("log.file.path", AccessEvent::logFilePath),
                    field("log.offset", AccessEvent::logOffset),
                    field("metsuke.categories", AccessEvent::dataCategories),
                    field("metsuke.dataset", AccessEvent::dataset),
                    field("metsuke.destination", AccessEvent::destination),
                    field(INTEGRITY_HASH, event -> place(event, Integrity::hash)),
                    field("metsuke.integrity.sequence", event -> place(event, Integrity::sequence)),
                    field("metsuke.integrity.stream", event -> place(event, Integrity::stream)),
                    field("metsuke.records", AccessEvent::records),
                    field("metsuke.subjects", AccessEvent::subjects),
                    field("service.name", AccessEvent::serviceName),
                    field("source.address", AccessEvent::sourceAddress),
                    field("source.ip", AccessEvent::sourceIp),
                    field("url.original", AccessEvent::urlOriginal),
                    field("url.path", AccessEvent::urlPath),
                    field("url.query", AccessEvent::urlQuery),
                    field("user.email", AccessEvent::userEmail),
                    field("user.id", AccessEvent::userId),
                    field("user.name", AccessEvent::userName),
                    field("user_agent.original", AccessEvent::userAgent))
            .stream()
            .sorted(Comparator.comparing(AccessEventField::members, AccessEventField::compareMembers))
            .toList();

    List<String> members() {
        return List.of(path.split("\\."));
    }

    private static AccessEventField field(String path, Function<AccessEvent, @Nullable Object> get) {
        return new AccessEventField(path, get);
    }

    private static @Nullable String label(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.label();
    }

    private static @Nullable Object place(AccessEvent event, Function<Integrity, @Nullable Object> get) {
        Integrity integrity = event.integrity();
        return integrity == null ? null : get.apply(integrity);
    }

    private static int compareMembers(List<String> one, List<String> other) {
        int shared = Math.min(one.size(), other.size());
        for (int i = 0; i < shared; i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
