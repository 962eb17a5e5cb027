package dev.metsuke.events.access;

import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one table that ties an event's components to their ECS fields, for writing and for reading.
 *
 * @param path the ECS field, dotted
 * @param kind what JSON holds there
 * @param get the component's value; null or an empty list where absent
 * @param set puts what was read into the event
 */
record AccessEventField(String path, Kind kind, Function<AccessEvent, @Nullable Object> get, Setter set) {

    /** The version of the Elastic Common Schema whose names are used. */
    static final String ECS_VERSION = "9.0.0";

    static final String INTEGRITY_HASH = "metsuke.integrity.hash";

    /** Sorted by their members' names, so that writing them in this order is canonical. */
    static final List<AccessEventField> ALL = List.of(
                    instant("@timestamp", AccessEvent::timestamp, AccessEvent.Builder::timestamp),
                    constant("ecs.version", ECS_VERSION),
                    checkedText("event.action", event -> event.action().label(), AccessEventField::readAction),
                    texts("event.category", AccessEvent::eventCategories, AccessEvent.Builder::eventCategories),
                    instant("event.created", AccessEvent::created, AccessEvent.Builder::created),
                    text("event.id", AccessEvent::id, AccessEvent.Builder::id),
                    constant("event.kind", "event"),
                    text("event.original", AccessEvent::original, AccessEvent.Builder::original),
                    checkedText("event.outcome", event -> label(event.outcome()), AccessEventField::readOutcome),
                    text("host.name", AccessEvent::hostName, AccessEvent.Builder::hostName),
                    text("http.request.method", AccessEvent::httpMethod, AccessEvent.Builder::httpMethod),
                    integer("http.response.body.bytes", AccessEvent::httpBytes, AccessEvent.Builder::httpBytes),
                    integer("http.response.status_code", AccessEvent::httpStatus, AccessEvent.Builder::httpStatus),
                    text("log.file.path", AccessEvent::logFilePath, AccessEvent.Builder::logFilePath),
                    integer("log.offset", AccessEvent::logOffset, AccessEvent.Builder::logOffset),
                    texts("metsuke.categories", AccessEvent::dataCategories, AccessEvent.Builder::dataCategories),
                    text("metsuke.dataset", AccessEvent::dataset, AccessEvent.Builder::dataset),
                    text("metsuke.destination", AccessEvent::destination, AccessEvent.Builder::destination),
                    place(INTEGRITY_HASH, Kind.TEXT, Integrity::hash),
                    place("metsuke.integrity.sequence", Kind.INTEGER, Integrity::sequence),
                    place("metsuke.integrity.stream", Kind.TEXT, Integrity::stream),
                    integer("metsuke.records", AccessEvent::records, AccessEvent.Builder::records),
                    texts("metsuke.subjects", AccessEvent::subjects, AccessEvent.Builder::subjects),
                    text("service.name", AccessEvent::serviceName, AccessEvent.Builder::serviceName),
                    text("source.address", AccessEvent::sourceAddress, AccessEvent.Builder::sourceAddress),
                    filledText("source.ip", AccessEvent::sourceIp, AccessEvent.Builder::sourceIp),
                    text("url.original", AccessEvent::urlOriginal, AccessEvent.Builder::urlOriginal),
                    text("url.path", AccessEvent::urlPath, AccessEvent.Builder::urlPath),
                    text("url.query", AccessEvent::urlQuery, AccessEvent.Builder::urlQuery),
                    text("user.email", AccessEvent::userEmail, AccessEvent.Builder::userEmail),
                    filledText("user.id", AccessEvent::userId, AccessEvent.Builder::userId),
                    text("user.name", AccessEvent::userName, AccessEvent.Builder::userName),
                    text("user_agent.original", AccessEvent::userAgent, AccessEvent.Builder::userAgent))
            .stream()
            .sorted(Comparator.comparing(AccessEventField::members, AccessEventField::compareMembers))
            .toList();

    /** What JSON holds for a field. */
    enum Kind {
        TEXT,
        INTEGER,
        INSTANT,
        TEXTS
    }

    /** Puts a value of the field's kind into the event that is being read. */
    interface Setter {
        void set(AccessEventDecoder into, Object value) throws MalformedDocumentException;
    }

    List<String> members() {
        return List.of(path.split("\\."));
    }

    private static AccessEventField text(
            String path, Function<AccessEvent, @Nullable Object> get, BiConsumer<AccessEvent.Builder, String> set) {
        return new AccessEventField(path, Kind.TEXT, get, (into, value) -> set.accept(into.event, (String) value));
    }

    /** Text that blank is as good as absent. */
    private static AccessEventField filledText(
            String path, Function<AccessEvent, @Nullable Object> get, BiConsumer<AccessEvent.Builder, String> set) {
        return new AccessEventField(path, Kind.TEXT, get, (into, value) -> {
            if (!((String) value).isBlank()) {
                set.accept(into.event, (String) value);
            }
        });
    }

    private static AccessEventField checkedText(String path, Function<AccessEvent, @Nullable Object> get, Setter set) {
        return new AccessEventField(path, Kind.TEXT, get, set);
    }

    private static AccessEventField constant(String path, String value) {
        return new AccessEventField(path, Kind.TEXT, _ -> value, (_, _) -> {});
    }

    private static AccessEventField integer(
            String path, Function<AccessEvent, @Nullable Object> get, BiConsumer<AccessEvent.Builder, Long> set) {
        return new AccessEventField(path, Kind.INTEGER, get, (into, value) -> set.accept(into.event, (Long) value));
    }

    private static AccessEventField instant(
            String path, Function<AccessEvent, @Nullable Object> get, BiConsumer<AccessEvent.Builder, Instant> set) {
        return new AccessEventField(path, Kind.INSTANT, get, (into, value) -> set.accept(into.event, (Instant) value));
    }

    private static AccessEventField texts(
            String path,
            Function<AccessEvent, @Nullable Object> get,
            BiConsumer<AccessEvent.Builder, List<String>> set) {
        return new AccessEventField(path, Kind.TEXTS, get, (into, value) -> {
            @SuppressWarnings("unchecked") // The decoder gives lists of text for this kind.
            List<String> texts = (List<String>) value;
            set.accept(into.event, texts);
        });
    }

    private static AccessEventField place(String path, Kind kind, Function<Integrity, @Nullable Object> get) {
        return new AccessEventField(
                path,
                kind,
                event -> event.integrity() == null ? null : get.apply(event.integrity()),
                (into, value) -> into.place(path, value));
    }

    private static void readAction(AccessEventDecoder into, Object value) throws MalformedDocumentException {
        into.event.action(Action.ofLabel((String) value)
                .orElseThrow(() ->
                        new MalformedDocumentException("event.action is " + value + "; it can be " + Action.labels())));
    }

    private static void readOutcome(AccessEventDecoder into, Object value) throws MalformedDocumentException {
        into.event.outcome(Outcome.ofLabel((String) value)
                .orElseThrow(() -> new MalformedDocumentException(
                        "event.outcome is " + value + "; it can be success, failure, unknown")));
    }

    private static @Nullable String label(@Nullable Outcome outcome) {
        return outcome == null ? null : outcome.label();
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
