package dev.metsuke.events.access;

import dev.metsuke.events.json.Labels;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The one table of an event's ECS fields: the order in which they are written, and where each goes when it is read.
 *
 * @param path the ECS field, dotted
 * @param kind what JSON holds there
 * @param set puts what was read into the event
 */
record AccessEventField(String path, Kind kind, Setter set) {

    /** In bytes of UTF-8; Elasticsearch takes no longer one. */
    private static final int LONGEST_ID = 512;

    /** Sorted by their members' names, so that writing them in this order is canonical. */
    static final List<AccessEventField> ALL = List.of(
                    instant("@timestamp", AccessEvent.Builder::timestamp),
                    constant("ecs.version"),
                    checkedText("event.action", AccessEventField::readAction),
                    texts("event.category", AccessEvent.Builder::eventCategories),
                    instant("event.created", AccessEvent.Builder::created),
                    checkedText("event.id", AccessEventField::readId),
                    constant("event.kind"),
                    text("event.original", AccessEvent.Builder::original),
                    checkedText("event.outcome", AccessEventField::readOutcome),
                    text("host.name", AccessEvent.Builder::hostName),
                    text("http.request.method", AccessEvent.Builder::httpMethod),
                    integer("http.response.body.bytes", AccessEvent.Builder::httpBytes),
                    integer("http.response.status_code", AccessEvent.Builder::httpStatus),
                    text("log.file.path", AccessEvent.Builder::logFilePath),
                    integer("log.offset", AccessEvent.Builder::logOffset),
                    texts("metsuke.categories", AccessEvent.Builder::dataCategories),
                    filledText("metsuke.dataset", (event, name) -> event.dataset(DatasetName.of(name))),
                    text("metsuke.destination", AccessEvent.Builder::destination),
                    place("metsuke.integrity.hash", Kind.TEXT),
                    place("metsuke.integrity.sequence", Kind.INTEGER),
                    place("metsuke.integrity.stream", Kind.TEXT),
                    integer("metsuke.records", AccessEvent.Builder::records),
                    texts("metsuke.subjects", AccessEvent.Builder::subjects),
                    text("service.name", AccessEvent.Builder::serviceName),
                    text("source.address", AccessEvent.Builder::sourceAddress),
                    filledText("source.ip", AccessEvent.Builder::sourceIp),
                    texts("tags", AccessEvent.Builder::tags),
                    text("url.original", AccessEvent.Builder::urlOriginal),
                    text("url.path", AccessEvent.Builder::urlPath),
                    text("url.query", AccessEvent.Builder::urlQuery),
                    text("user.email", AccessEvent.Builder::userEmail),
                    filledText("user.id", AccessEvent.Builder::userId),
                    text("user.name", AccessEvent.Builder::userName),
                    text("user_agent.original", AccessEvent.Builder::userAgent))
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

    private static AccessEventField text(String path, BiConsumer<AccessEvent.Builder, String> set) {
        return new AccessEventField(path, Kind.TEXT, (into, value) -> set.accept(into.event, (String) value));
    }

    /** Text that blank is as good as absent. */
    private static AccessEventField filledText(String path, BiConsumer<AccessEvent.Builder, String> set) {
        return new AccessEventField(path, Kind.TEXT, (into, value) -> {
            if (!((String) value).isBlank()) {
                set.accept(into.event, (String) value);
            }
        });
    }

    private static AccessEventField checkedText(String path, Setter set) {
        return new AccessEventField(path, Kind.TEXT, set);
    }

    /** The same in every event. */
    private static AccessEventField constant(String path) {
        return new AccessEventField(path, Kind.TEXT, (_, _) -> {});
    }

    private static AccessEventField integer(String path, BiConsumer<AccessEvent.Builder, Long> set) {
        return new AccessEventField(path, Kind.INTEGER, (into, value) -> set.accept(into.event, (Long) value));
    }

    private static AccessEventField instant(String path, BiConsumer<AccessEvent.Builder, Instant> set) {
        return new AccessEventField(path, Kind.INSTANT, (into, value) -> set.accept(into.event, (Instant) value));
    }

    private static AccessEventField texts(String path, BiConsumer<AccessEvent.Builder, List<String>> set) {
        return new AccessEventField(path, Kind.TEXTS, (into, value) -> {
            @SuppressWarnings("unchecked") // The decoder gives lists of text for this kind.
            List<String> texts = (List<String>) value;
            set.accept(into.event, texts);
        });
    }

    private static AccessEventField place(String path, Kind kind) {
        return new AccessEventField(path, kind, (into, value) -> into.place(path, value));
    }

    private static void readId(AccessEventDecoder into, Object value) throws MalformedDocumentException {
        String id = (String) value;
        // A character has three bytes at most, or two of them four.
        if (3 * id.length() > LONGEST_ID && id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            throw new MalformedDocumentException(
                    "event.id has more than " + LONGEST_ID + " bytes, of " + id.length() + " characters");
        }
        into.event.id(id);
    }

    private static void readAction(AccessEventDecoder into, Object value) throws MalformedDocumentException {
        into.event.action(Labels.read("event.action", Action.class, (String) value));
    }

    private static void readOutcome(AccessEventDecoder into, Object value) throws MalformedDocumentException {
        into.event.outcome(Labels.read("event.outcome", Outcome.class, (String) value));
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
