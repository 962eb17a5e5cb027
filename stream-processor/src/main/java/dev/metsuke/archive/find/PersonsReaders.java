package dev.metsuke.archive.find;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.aggregations.SingleMetricAggregateBase;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.account.AccountId;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who touched the data of one person, as far as accesses say whose data they touched. */
public final class PersonsReaders {

    private static final String SUBJECTS = "metsuke.subjects";
    private static final int PAGE = 200;
    private static final int MOST_DATASETS = 100;
    private static final Map<String, Aggregation> OF_EACH = Map.of(
            "first", Aggregation.of(of -> of.min(min -> min.field("@timestamp"))),
            "last", Aggregation.of(of -> of.max(max -> max.field("@timestamp"))),
            "actions",
                    Aggregation.of(of ->
                            of.terms(terms -> terms.field("event.action").size(Action.values().length * 2))),
            "datasets",
                    Aggregation.of(of -> of.terms(
                            terms -> terms.field("metsuke.dataset").missing("-").size(MOST_DATASETS))));

    private PersonsReaders() {}

    /** Accesses that name a person, under any of these names. */
    public static Query naming(List<String> names) {
        return Query.of(query -> query.terms(any -> any.field(SUBJECTS)
                .terms(values -> values.value(names.stream().map(FieldValue::of).toList()))));
    }

    /** Accesses to data, of those that a query finds, that name nobody: whose data they touched is unknown. */
    public static Query namingNobody(Query among) {
        return Query.of(query -> query.bool(all -> all.filter(among)
                .filter(data -> data.terms(any -> any.field("event.action")
                        .terms(values -> values.value(Arrays.stream(Action.values())
                                .filter(action -> action != Action.LOGIN && action != Action.LOGOUT)
                                .map(Action::label)
                                .map(FieldValue::of)
                                .toList()))))
                .mustNot(exists(SUBJECTS))));
    }

    /** Hands over one account after another, however many; each once. */
    public static void read(PointInTime archive, Query query, Consumer<PersonsReader> reader) throws IOException {
        // What stands for the account where there is none is told by AccessEvent.account().
        Query nameless = without(query, "user.id");
        read(archive, all(query, "user.id"), "user.id", false, reader);
        read(archive, all(nameless, "source.ip"), "source.ip", true, reader);
        read(archive, without(nameless, "source.ip"), "source.address", true, reader);
    }

    private static void read(
            PointInTime archive, Query query, String field, boolean isAddress, Consumer<PersonsReader> reader)
            throws IOException {
        CompositeAggregationSource by = CompositeAggregationSource.of(
                source -> source.terms(terms -> terms.field(field).missingBucket(true)));
        archive.forEachGroup(query, by, OF_EACH, PAGE, bucket -> reader.accept(one(bucket, isAddress)));
    }

    private static PersonsReader one(CompositeBucket bucket, boolean isAddress) {
        FieldValue key = bucket.key().getOrDefault(PointInTime.GROUP, FieldValue.NULL);
        String name = key.isNull() ? "unknown" : key.stringValue();
        StringTermsAggregate datasets = terms(bucket, "datasets");
        return new PersonsReader(
                isAddress ? AccountId.ofAddress(name) : new AccountId(name),
                bucket.docCount(),
                time(bucket.aggregations().get("first")),
                time(bucket.aggregations().get("last")),
                counts(terms(bucket, "actions")),
                counts(datasets),
                datasets.sumOtherDocCount() == null ? 0 : datasets.sumOtherDocCount());
    }

    private static StringTermsAggregate terms(CompositeBucket bucket, String name) {
        Aggregate found = bucket.aggregations().get(name);
        return found != null && found.isSterms()
                ? found.sterms()
                : StringTermsAggregate.of(none -> none.buckets(empty -> empty.array(List.of())));
    }

    private static Map<String, Long> counts(StringTermsAggregate terms) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (StringTermsBucket bucket : terms.buckets().array()) {
            counts.put(bucket.key().stringValue(), bucket.docCount());
        }
        return counts;
    }

    private static Instant time(@Nullable Aggregate found) {
        Double millis =
                found != null && found._get() instanceof SingleMetricAggregateBase metric ? metric.value() : null;
        return Instant.ofEpochMilli(millis == null ? 0 : millis.longValue());
    }

    private static Query all(Query query, String field) {
        return Query.of(both -> both.bool(all -> all.filter(query).filter(exists(field))));
    }

    private static Query without(Query query, String field) {
        return Query.of(both -> both.bool(all -> all.filter(query).mustNot(exists(field))));
    }

    private static Query exists(String field) {
        return Query.of(query -> query.exists(exists -> exists.field(field)));
    }
}
