package dev.metsuke.benchmarks.latency;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where alerts are looked for: in Kafka, and by searches. */
final class Looks {

    private static final Duration POLL = Duration.ofMillis(50);
    /** A search asks for so many alerts at most. */
    private static final int AT_ONCE = 200;

    private static final String ACCOUNT = "user.id";
    private static final String FOUND = "found";

    private Looks() {}

    /** A reader of committed alerts, which Kafka wakes. */
    static void inKafka(Consumer<byte[], byte[]> alerts, Sightings sightings) throws MalformedDocumentException {
        for (ConsumerRecord<byte[], byte[]> message : alerts.poll(POLL)) {
            long now = System.nanoTime();
            Alert alert = Alert.fromJson(message.value());
            if (alert.rule() == Rule.REVOKED_ACCOUNT) {
                Leavers.number(alert.account()).ifPresent(leaver -> sightings.inKafka(leaver.intValue(), now));
            }
        }
    }

    /** One search for the oldest alerts that are due and not found yet, every 50 ms. */
    static void bySearch(ElasticsearchClient client, Sightings sightings) throws IOException, InterruptedException {
        long start = System.nanoTime();
        List<Integer> missing = sightings.missingInSearch(AT_ONCE);
        if (!missing.isEmpty()) {
            try {
                List<AccountId> found = found(client, missing);
                long now = System.nanoTime();
                found.forEach(account ->
                        Leavers.number(account).ifPresent(leaver -> sightings.searchable(leaver.intValue(), now)));
            } catch (IOException e) {
                // While the month's first index is being made, its shards do not answer.
                if (sightings.isAnySearchable()) {
                    throw e;
                }
            }
        }
        Duration rest = POLL.minusNanos(System.nanoTime() - start);
        if (rest.isPositive()) {
            Thread.sleep(rest);
        }
    }

    private static List<AccountId> found(ElasticsearchClient client, List<Integer> leavers) throws IOException {
        List<FieldValue> accounts = leavers.stream()
                .map(leaver -> FieldValue.of(Leavers.account(leaver).value()))
                .toList();
        SearchResponse<Void> response = client.search(
                search -> search.index(ArchiveIndex.ALERTS.pattern())
                        .size(0)
                        .query(query ->
                                query.terms(terms -> terms.field(ACCOUNT).terms(any -> any.value(accounts))))
                        .aggregations(
                                FOUND,
                                found -> found.terms(
                                        terms -> terms.field(ACCOUNT).size(AT_ONCE))),
                Void.class);
        Aggregate found = response.aggregations().get(FOUND);
        // Before there is any index, there is no aggregation either.
        return found == null
                ? List.of()
                : found.sterms().buckets().array().stream()
                        .map(bucket -> new AccountId(bucket.key().stringValue()))
                        .toList();
    }
}
