package dev.metsuke.shipper.parse;

import dev.metsuke.events.access.Action;
import dev.metsuke.events.access.Outcome;
import dev.metsuke.events.json.Labelled;
import dev.metsuke.operations.settings.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of a record's values are which of an event's fields. A field that is not mapped is left out; action and outcome
 * follow from the HTTP method and status where these are mapped.
 *
 * @param time {@code @timestamp}
 * @param action {@code event.action}, or {@code ignore} for what is no access
 * @param outcome {@code event.outcome}
 * @param user the account: {@code user.id} and {@code user.name}
 * @param email {@code user.email}
 * @param address {@code source.address} and {@code source.ip}
 * @param host {@code host.name}
 * @param service {@code service.name}
 * @param userAgent {@code user_agent.original}
 * @param url {@code url.original}, {@code url.path} and {@code url.query}
 * @param method {@code http.request.method}
 * @param status {@code http.response.status_code}
 * @param bytes {@code http.response.body.bytes}
 * @param dataset {@code metsuke.dataset}
 * @param records {@code metsuke.records}; where it is not mapped and subjects are, their number
 * @param subjects {@code metsuke.subjects}
 * @param destination {@code metsuke.destination}
 * @param category {@code event.category}
 */
public record EventMapping(
        TimeMapping time,
        @Nullable FieldMapping action,
        @Nullable FieldMapping outcome,
        @Nullable FieldMapping user,
        @Nullable FieldMapping email,
        @Nullable FieldMapping address,
        @Nullable FieldMapping host,
        @Nullable FieldMapping service,
        @Nullable FieldMapping userAgent,
        @Nullable FieldMapping url,
        @Nullable FieldMapping method,
        @Nullable FieldMapping status,
        @Nullable FieldMapping bytes,
        @Nullable FieldMapping dataset,
        @Nullable FieldMapping records,
        @Nullable SubjectsMapping subjects,
        @Nullable FieldMapping destination,
        @Nullable FieldMapping category) {

    /** What the settings call an action that is no access, so that the record is ignored. */
    static final String NO_ACCESS = "ignore";

    public EventMapping {
        Check.that()
                .finds(misnamed("action", action, Stream.concat(labels(Action.values()), Stream.of(NO_ACCESS))))
                .finds(misnamed("outcome", outcome, labels(Outcome.values())))
                .holds(
                        action == null || !action.pointer().isEmpty() || !NO_ACCESS.equals(action.otherwise()),
                        "action must not be " + NO_ACCESS + " for all records; name where the log says what was done")
                .orThrow();
    }

    private static Stream<String> labels(Labelled[] constants) {
        return Arrays.stream(constants).map(Labelled::label);
    }

    /** What the settings say for a field that has a few words only, and none of these. */
    private static List<String> misnamed(String field, @Nullable FieldMapping mapping, Stream<String> words) {
        List<String> known = words.toList();
        return mapping == null
                ? List.of()
                : mapping.given()
                        .filter(word -> !word.isBlank() && !known.contains(word))
                        .distinct()
                        .map(word -> field + " cannot be " + word + "; it can be " + String.join(", ", known))
                        .toList();
    }

    /** What the settings call hosts, services and datasets, by a constant or a lookup. */
    public Stream<String> names() {
        Stream<@Nullable FieldMapping> fields = Stream.of(host, service, dataset);
        return fields.flatMap(field -> field == null ? Stream.empty() : field.given());
    }

    /** Where in a record mapped values stand. */
    List<JsonPointer> pointers() {
        Stream<@Nullable FieldMapping> fields = Stream.of(
                action,
                outcome,
                user,
                email,
                address,
                host,
                service,
                userAgent,
                url,
                method,
                status,
                bytes,
                dataset,
                records,
                destination,
                category);
        List<JsonPointer> pointers = new ArrayList<>(time.pointer());
        fields.forEach(field -> pointers.addAll(field == null ? List.of() : field.pointer()));
        if (subjects != null) {
            pointers.add(subjects.pointer());
        }
        return pointers;
    }

    /** Whether a log may lack what stands there. */
    boolean mayLack(JsonPointer place) {
        return time.isWhereUsual() && time.pointer().contains(place);
    }

    /** Refuses what points at none of these; the time may be the envelope's. */
    void requireNamed(Collection<String> names) {
        for (JsonPointer pointer : pointers()) {
            String name = pointer.name();
            if (!names.contains(name) && !mayLack(pointer)) {
                throw new IllegalArgumentException(
                        "nothing is named " + name + ", which is mapped; there are " + String.join(", ", names));
            }
        }
    }
}
