package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.util.BinaryData;
import dev.metsuke.archive.index.BulkAnswer.Item;
import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.OutcomeOf.Whole;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.operations.search.ElasticsearchConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sends bulks to Elasticsearch; the documents' bytes go through as they are. */
public final class ElasticsearchBulk implements BulkSender {

    /** Which part of the patience with a node an index may take to find its shards. */
    private static final int PART_FOR_SHARDS = 6;

    private final Exchange exchange;
    private final Supplier<Optional<String>> obstacle;
    private final Consumer<String> closed;
    private final BinaryEndpoint<byte[]> bulk;
    private final Repeats repeats;
    private final Set<String> indices = ConcurrentHashMap.newKeySet();

    /**
     * Sends nothing yet.
     *
     * @param client of the cluster, which passes over a node that is silent
     * @param patience after how long it does
     * @param nodes how many the cluster's client knows
     * @param obstacle asked before an index is written to for the first time; a text forbids it for now
     * @param closed told of each index that takes no writes, before these are tried again
     */
    public ElasticsearchBulk(
            ElasticsearchClient client,
            Duration patience,
            int nodes,
            Supplier<Optional<String>> obstacle,
            Consumer<String> closed) {
        this.exchange = new Exchange(client, patience, nodes);
        this.obstacle = obstacle;
        this.closed = closed;
        this.bulk = bulk(patience);
        this.repeats = new Repeats(exchange);
    }

    @Override
    public List<BulkOutcome> send(List<Document> documents) throws InterruptedException {
        Set<String> fresh = documents.stream()
                .map(Document::index)
                .filter(index -> !indices.contains(index))
                .collect(Collectors.toSet());
        if (!fresh.isEmpty()) {
            Optional<String> forbidden = obstacle.get();
            if (forbidden.isPresent()) {
                return all(documents, new Retry(forbidden.get(), Extent.EVERYTHING));
            }
            indices.addAll(fresh);
        }
        return sendNow(documents);
    }

    private List<BulkOutcome> sendNow(List<Document> documents) throws InterruptedException {
        try {
            List<Item> items = BulkAnswer.parse(exchange.answer(bulk, BulkBody.of(documents)));
            if (items.size() != documents.size()) {
                String reason = "Elasticsearch answered for " + items.size() + " of " + documents.size() + " documents";
                return all(documents, new Retry(reason, Extent.EVERYTHING));
            }
            tellOfClosed(documents, items);
            return withRepeatsCompared(documents, items);
        } catch (IOException e) {
            return all(documents, new Retry(e.toString(), Extent.EVERYTHING));
        } catch (ExecutionException e) {
            return failed(documents, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return all(documents, new Retry(exchange.endlessness(), Extent.OVERLOAD));
        }
    }

    private List<BulkOutcome> withRepeatsCompared(List<Document> documents, List<Item> items)
            throws InterruptedException {
        List<BulkOutcome> outcomes = new ArrayList<>();
        List<Integer> there = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            outcomes.add(OutcomeOf.document(item.status(), item.error()));
            if (documents.get(i).write() instanceof Write.Once && OutcomeOf.isThere(item.status(), item.error())) {
                there.add(i);
            }
        }
        if (!there.isEmpty()) {
            List<BulkOutcome> compared =
                    repeats.outcomes(there.stream().map(documents::get).toList());
            for (int i = 0; i < compared.size(); i++) {
                outcomes.set(there.get(i), compared.get(i));
            }
        }
        return outcomes;
    }

    private List<BulkOutcome> failed(List<Document> documents, Throwable cause) throws InterruptedException {
        Whole whole = switch (cause) {
            case ElasticsearchException refused ->
                OutcomeOf.bulk(refused.status(), OutcomeOf.reason(refused.error()), documents.size());
            case TransportException garbled
            when garbled.statusCode() >= 400 -> OutcomeOf.strange(garbled.statusCode(), documents.size());
            case Throwable silent
            when ElasticsearchConnection.isSilence(silent) ->
                new Whole.All(new Retry(exchange.silence(), Extent.OVERLOAD));
            default ->
                new Whole.All(new Retry(
                        "Elasticsearch cannot be reached (" + cause + "); check elasticsearch.url", Extent.EVERYTHING));
        };
        return switch (whole) {
            case Whole.All(BulkOutcome outcome) -> all(documents, outcome);
            case Whole.Split() -> {
                int half = documents.size() / 2;
                List<BulkOutcome> outcomes = new ArrayList<>(sendNow(documents.subList(0, half)));
                outcomes.addAll(sendNow(documents.subList(half, documents.size())));
                yield outcomes;
            }
        };
    }

    private void tellOfClosed(List<Document> documents, List<Item> items) {
        Set<String> blocked = new LinkedHashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (OutcomeOf.isClosed(items.get(i).status(), items.get(i).error())) {
                blocked.add(documents.get(i).index());
            }
        }
        blocked.forEach(closed);
    }

    /** Takes a bulk's body. */
    private static BinaryEndpoint<byte[]> bulk(Duration patience) {
        // A refusal must not carry the document, and with it personal data, into reasons and logs. An index without its
        // shards is told of, and told apart from the others, before the node passes for silent.
        Map<String, String> parameters = Map.of(
                "include_source_on_error",
                "false",
                "timeout",
                patience.dividedBy(PART_FOR_SHARDS).toMillis() + "ms",
                "filter_path",
                BulkAnswer.FILTER_PATH);
        return new BinaryEndpoint<>(
                "es/bulk",
                _ -> "POST",
                _ -> "/_bulk",
                _ -> Map.of(),
                _ -> parameters,
                _ -> Map.of(),
                // Which the client takes for the media type of its version; Elasticsearch takes lines of it as well.
                body -> BinaryData.of(body, "application/json"),
                null);
    }

    private static List<BulkOutcome> all(List<Document> documents, BulkOutcome outcome) {
        return Collections.nCopies(documents.size(), outcome);
    }
}
