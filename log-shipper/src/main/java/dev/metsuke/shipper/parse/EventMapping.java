package dev.metsuke.shipper.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of a record's values are which of an event's fields. A field that is not mapped is left out; action and outcome
 * follow from the HTTP method and status where these are mapped.
 *
 * @param time {@code @timestamp}
 * @param action {@code event.action}
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
        List<JsonPointer> pointers = new ArrayList<>();
        pointers.add(time.pointer());
        fields.forEach(field -> {
            if (field != null && field.pointer() != null) {
                pointers.add(field.pointer());
            }
        });
        if (subjects != null) {
            pointers.add(subjects.pointer());
        }
        return pointers;
    }

    /** Refuses what points at none of these; the time may be the envelope's. */
    void requireNamed(Collection<String> names) {
        for (JsonPointer pointer : pointers()) {
            String name = pointer.name();
            if (!names.contains(name) && !pointer.equals(TimeMapping.USUAL)) {
                throw new IllegalArgumentException(
                        "nothing is named " + name + ", which is mapped; there are " + String.join(", ", names));
            }
        }
    }
}
