package dev.metsuke.archive.retention;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyRevocation;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what an index of seals proves of lines that stay, although it is older than all of them. */
final class NeededSeals {

    private static final String STREAM_OF_SEAL = "metsuke.seal.stream";
    private static final String SEALED_LINE = "metsuke.seal.sequence";
    private static final String STREAM_OF_LINE = "metsuke.integrity.stream";
    private static final String LINE = "metsuke.integrity.sequence";
    private static final String LEAST = "least";
    /** So many streams are asked about at a time. */
    private static final int PAGE = 500;

    private final PointInTime archive;
    private final Query lines;

    /**
     * Asks nothing yet.
     *
     * @param archive events and seals
     * @param events the indices of access events that stay
     */
    NeededSeals(PointInTime archive, Collection<String> events) {
        this.archive = archive;
        this.lines = in(events);
    }

    /**
     * Why an index must stay; empty where nothing that stays needs it.
     *
     * @param index of seals
     * @param younger those that come behind it
     */
    Optional<String> reason(String index, Collection<String> younger) throws IOException {
        Query seals = in(List.of(index));
        if (archive.count(all(seals, anyOf("event.action", Set.of(KeyAnnouncement.ACTION, KeyRevocation.ACTION))))
                > 0) {
            return Optional.of("what it says of keys, by which later seals are judged");
        }
        Map<String, FieldValue> after = Map.of();
        do {
            CompositeAggregate page = page(seals, STREAM_OF_SEAL, SEALED_LINE, after);
            Map<String, Long> starts = starts(least(page));
            Set<String> sealedLater = starts.isEmpty()
                    ? Set.of()
                    : least(sealedLater(starts, younger)).keySet();
            Optional<String> stream = starts.keySet().stream()
                    .filter(name -> !sealedLater.contains(name))
                    .findFirst();
            if (stream.isPresent()) {
                return Optional.of("the last seal before the lines of " + stream.get() + " that stay");
            }
            after = page.afterKey();
        } while (!after.isEmpty());
        return Optional.empty();
    }

    /** The first line that stays of each of these streams, where it lies behind the stream's first seal here. */
    private Map<String, Long> starts(Map<String, Long> firstSealed) throws IOException {
        if (firstSealed.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> starts = new HashMap<>(least(
                page(all(lines, anyOf(STREAM_OF_LINE, firstSealed.keySet())), STREAM_OF_LINE, LINE, Map.of())));
        starts.entrySet()
                .removeIf(start -> start.getValue() <= Objects.requireNonNull(firstSealed.get(start.getKey())));
        return starts;
    }

    private CompositeAggregate sealedLater(Map<String, Long> starts, Collection<String> younger) throws IOException {
        Query before = Query.of(query -> query.bool(any -> any.minimumShouldMatch("1")
                .should(starts.entrySet().stream()
                        .map(start -> all(
                                anyOf(STREAM_OF_SEAL, Set.of(start.getKey())), lessThan(SEALED_LINE, start.getValue())))
                        .toList())));
        return page(all(in(younger), before), STREAM_OF_SEAL, SEALED_LINE, Map.of());
    }

    private CompositeAggregate page(Query query, String stream, String number, Map<String, FieldValue> after)
            throws IOException {
        return archive.groups(
                query,
                CompositeAggregationSource.of(source -> source.terms(terms -> terms.field(stream))),
                Map.of(LEAST, Aggregation.of(of -> of.min(min -> min.field(number)))),
                PAGE,
                after);
    }

    private static Map<String, Long> least(CompositeAggregate page) {
        return page.buckets().array().stream().collect(Collectors.toMap(NeededSeals::stream, NeededSeals::least));
    }

    private static String stream(CompositeBucket bucket) {
        return bucket.key().getOrDefault(PointInTime.GROUP, FieldValue.NULL).stringValue();
    }

    private static long least(CompositeBucket bucket) {
        Double least =
                Objects.requireNonNull(bucket.aggregations().get(LEAST)).min().value();
        // One without any number needs nothing, and is needed by nothing.
        return least == null ? Long.MAX_VALUE : least.longValue();
    }

    private static Query in(Collection<String> indices) {
        return anyOf("_index", indices);
    }

    private static Query anyOf(String field, Collection<String> values) {
        return Query.of(query -> query.terms(terms -> terms.field(field)
                .terms(of -> of.value(values.stream().map(FieldValue::of).toList()))));
    }

    private static Query lessThan(String field, long bound) {
        return Query.of(query -> query.range(
                range -> range.longNumber(number -> number.field(field).lt(bound))));
    }

    private static Query all(Query... queries) {
        return Query.of(query -> query.bool(all -> all.filter(List.of(queries))));
    }
}
