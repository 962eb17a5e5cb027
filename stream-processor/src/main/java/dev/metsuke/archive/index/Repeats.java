package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.util.BinaryData;
import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Poison;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.operations.search.ElasticsearchConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether documents that are there already are the same: a repeat is archived, another one under its id is not. What a
 * cluster adds to documents on their way makes no difference.
 */
final class Repeats {

    private static final Logger LOG = LoggerFactory.getLogger(Repeats.class);

    private static final BinaryEndpoint<byte[]> GET = new BinaryEndpoint<>(
            "es/mget",
            _ -> "POST",
            _ -> "/_mget",
            _ -> Map.of(),
            _ -> Map.of("filter_path", "docs._id,docs._source"),
            _ -> Map.of(),
            body -> BinaryData.of(body, "application/json"),
            null);

    private final Exchange exchange;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    Repeats(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What becomes of documents that are there already, in their order. */
    List<BulkOutcome> outcomes(List<Document> documents) throws InterruptedException {
        try {
            return compared(documents, JsonDocument.parse(exchange.answer(GET, question(documents))));
        } catch (ExecutionException e) {
            return all(documents, failed(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return all(documents, later(Extent.OVERLOAD, exchange.endlessness()));
        } catch (IOException e) {
            return all(documents, later(Extent.EVERYTHING, e.toString()));
        } catch (MalformedDocumentException e) {
            LOG.warn("What is archived already cannot be read, and passes for the same: {}", e.getMessage());
            return all(documents, new Indexed(false));
        }
    }

    private BulkOutcome failed(Throwable cause) {
        if (cause instanceof ElasticsearchException refused && mayNotRead(refused)) {
            return new Indexed(false);
        }
        return ElasticsearchConnection.isSilence(cause)
                ? later(Extent.OVERLOAD, exchange.silence())
                : later(Extent.EVERYTHING, cause.toString());
    }

    private static byte[] question(List<Document> documents) {
        return CanonicalJson.bytes(Map.of(
                "docs",
                documents.stream()
                        .map(document -> Map.of("_index", document.index(), "_id", document.id()))
                        .toList()));
    }

    private static List<BulkOutcome> compared(List<Document> documents, JsonDocument answer)
            throws MalformedDocumentException {
        List<JsonDocument> found = answer.objects("docs");
        if (found.size() != documents.size()) {
            return all(
                    documents,
                    later(
                            Extent.EVERYTHING,
                            "Elasticsearch answered for " + found.size() + " of " + documents.size() + " documents"));
        }
        List<BulkOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            outcomes.add(outcome(documents.get(i), found.get(i).members().get("_source")));
        }
        return outcomes;
    }

    private static BulkOutcome outcome(Document sent, @Nullable Object stored) {
        if (stored == null) {
            return later(Extent.DOCUMENT, "the document " + sent.id() + " is there and cannot be read");
        }
        try {
            String difference = difference(JsonDocument.parse(sent.body()).members(), stored);
            return difference == null ? new Indexed(false) : another(sent, ", with another " + difference);
        } catch (MalformedDocumentException e) {
            return another(sent, "; this one is " + e.getMessage());
        }
    }

    private static Poison another(Document sent, String difference) {
        String reason = "another document is there under its id (" + sent.index() + "/" + sent.id() + ")" + difference;
        LOG.error("A record cannot be archived: {}", reason);
        return new Poison(reason);
    }

    /** The first field in which what is stored is not what was sent; null where there is none. */
    static @Nullable String difference(Map<?, ?> sent, Object stored) {
        for (Map.Entry<?, ?> member : sent.entrySet()) {
            Object value = member.getValue();
            Object other = stored instanceof Map<?, ?> members ? members.get(member.getKey()) : null;
            if (value instanceof Map<?, ?> inner && other instanceof Map<?, ?>) {
                String deeper = difference(inner, other);
                if (deeper != null) {
                    return member.getKey() + "." + deeper;
                }
            } else if (!Objects.equals(value, other)) {
                return String.valueOf(member.getKey());
            }
        }
        return null;
    }

    private boolean mayNotRead(ElasticsearchException refused) {
        boolean isForbidden = OutcomeOf.isForbidden(refused.status());
        if (isForbidden && !hasWarned.getAndSet(true)) {
            LOG.warn("The archive may not read what is archived, so that another document under a known id would pass"
                    + " for a repeat; give its API key the privilege read on metsuke-*");
        }
        return isForbidden;
    }

    private static Retry later(Extent extent, String reason) {
        return new Retry("what is there already cannot be compared: " + reason, extent);
    }

    private static List<BulkOutcome> all(List<Document> documents, BulkOutcome outcome) {
        return Collections.nCopies(documents.size(), outcome);
    }
}
