package dev.metsuke.console.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import co.elastic.clients.json.JsonData;
import co.elastic.clients.transport.TransportException;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the archive's indices; its absence is an answer, not an exception. */
public final class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    /** For an answer, by its client; a search gets somewhat less. */
    public static final Duration CLIENT_PATIENCE = Duration.ofSeconds(15);

    private static final int COUNTED = 1_000_000;
    private static final String PATIENCE = "10s";
    private static final String VALUES = "values";
    private static final int MOST_VALUES = 10_000;
    /** Of a date, and does not say which. */
    private static final String NAMELESS = "date_time_parse_exception";

    private final ElasticsearchClient client;
    private final String url;

    /**
     * An archive behind a client.
     *
     * @param client the client; it stays the caller's to close
     * @param url where it reaches, for messages
     */
    public Archive(ElasticsearchClient client, String url) {
        this.client = client;
        this.url = url;
    }

    /**
     * One page.
     *
     * @param index which indices
     * @param query what to find
     * @param limit how many at most
     * @param after {@link ArchiveAnswer.Found#next} of the page before; null for the first
     */
    public ArchiveAnswer find(ArchiveIndex index, Query query, int limit, @Nullable String after) {
        return find(index, query, limit, after, List.of("event.id"));
    }

    /**
     * The same.
     *
     * @param ties the fields by which documents of one time are ordered, the last of which tells them apart; a page is asked for with
     *     those of the page before
     */
    public ArchiveAnswer find(ArchiveIndex index, Query query, int limit, @Nullable String after, List<String> ties) {
        return find(index, query, limit, after, ArchiveOrder.newestFirst(ties));
    }

    /** The same in another order. */
    public ArchiveAnswer find(ArchiveIndex index, Query query, int limit, @Nullable String after, ArchiveOrder order) {
        List<FieldValue> place;
        try {
            place = after == null ? List.of() : decode(after);
        } catch (IllegalArgumentException e) {
            return new ArchiveAnswer.Refused(Text.of("archive.no-such-place"));
        }
        SearchRequest request = SearchRequest.of(search -> {
            search.index(index.pattern())
                    // What was closed is refused by its name: passed over, it would look like nothing having happened.
                    .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed)
                    .ignoreUnavailable(false)
                    .allowNoIndices(true)
                    .size(limit)
                    .timeout(PATIENCE)
                    .allowPartialSearchResults(false)
                    .trackTotalHits(count -> count.count(COUNTED))
                    .query(query)
                    .sort(sort -> sort.field(time -> time.field(order.time())
                            .order(order.newestFirst() ? SortOrder.Desc : SortOrder.Asc)
                            .unmappedType(FieldType.Date)));
            for (String field : order.ties()) {
                search.sort(sort ->
                        sort.field(tie -> tie.field(field).order(SortOrder.Asc).unmappedType(FieldType.Keyword)));
            }
            return place.isEmpty() ? search : search.searchAfter(place);
        });
        try {
            SearchResponse<Map<String, Object>> response = client.search(request, (Type) Map.class);
            return isWhole(response) ? found(response, limit) : away("archive.slow", url, PATIENCE);
        } catch (ElasticsearchException e) {
            return refusal(e);
        } catch (TransportException e) {
            return away("archive.unreadable", url, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return away(
                    e instanceof InterruptedIOException ? "archive.silent" : "archive.unreachable",
                    url,
                    ElasticsearchConnection.reason(e));
        }
    }

    private ArchiveAnswer refusal(ElasticsearchException refused) {
        Optional<String> closed = ElasticsearchConnection.closedIndex(refused);
        if (closed.isPresent()) {
            return away("archive.closed", closed.get());
        }
        String why = innermost(refused.error());
        return refused.status() == 400
                ? ArchiveAnswer.Refused.inItsWords(why)
                : away("archive.failed", url, Integer.toString(refused.status()), why);
    }

    /** The types of all fields by which documents are found; none where the archive has nothing yet or does not answer. */
    Map<String, Set<String>> fields(ArchiveIndex index) {
        try {
            Map<String, Set<String>> types = new HashMap<>();
            client.fieldCaps(of -> of.index(index.pattern())
                            .fields("*")
                            .ignoreUnavailable(true)
                            .allowNoIndices(true))
                    .fields()
                    .forEach((name, byType) -> types.put(name, byType.keySet()));
            return types;
        } catch (ElasticsearchException | IOException e) {
            LOG.debug("the fields of {} cannot be told", index.pattern(), e);
            return Map.of();
        }
    }

    /** All values of a field; none where the archive has nothing yet, does not answer, or has more than can be told. */
    public Set<String> values(ArchiveIndex index, String field) {
        try {
            SearchResponse<Void> response = client.search(
                    search -> search.index(index.pattern())
                            .ignoreUnavailable(true)
                            .allowNoIndices(true)
                            .size(0)
                            .timeout(PATIENCE)
                            .allowPartialSearchResults(false)
                            .aggregations(
                                    VALUES,
                                    of -> of.terms(terms -> terms.field(field).size(MOST_VALUES))),
                    Void.class);
            if (isWhole(response)) {
                return values(response.aggregations().get(VALUES));
            }
            LOG.warn(
                    "The values of {} in {} are not told: Elasticsearch at {} could not search everything within {}",
                    field,
                    index.pattern(),
                    url,
                    PATIENCE);
            return Set.of();
        } catch (ElasticsearchException | IOException e) {
            LOG.warn("The values of {} in {} are not told: Elasticsearch at {} failed", field, index.pattern(), url, e);
            return Set.of();
        }
    }

    private static Set<String> values(@Nullable Aggregate terms) {
        // Of another kind where no index has the field yet.
        if (terms == null
                || !terms.isSterms()
                || !Long.valueOf(0).equals(terms.sterms().sumOtherDocCount())) {
            return Set.of();
        }
        return terms.sterms().buckets().array().stream()
                .map(bucket -> bucket.key().stringValue())
                .collect(Collectors.toSet());
    }

    /** What to give as {@code after} for what comes behind a time, in milliseconds, and what orders within it. */
    public static String place(long time, String tie) {
        return encode(List.of(FieldValue.of(time), FieldValue.of(tie)));
    }

    /** Whether it may have been given as {@link ArchiveAnswer.Found#next}. */
    public static boolean isPlace(String after) {
        try {
            return !decode(after).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Documents by their ids, in any order. */
    public ArchiveAnswer byIds(ArchiveIndex index, List<String> ids) {
        return find(index, Query.of(query -> query.ids(wanted -> wanted.values(ids))), Math.max(1, ids.size()), null);
    }

    private static ArchiveAnswer.Away away(String key, Object... arguments) {
        return new ArchiveAnswer.Away(Text.of(key, arguments));
    }

    /** A part that is missing would look like nothing having happened there. */
    private static boolean isWhole(SearchResponse<?> response) {
        return !response.timedOut() && response.shards().failed().intValue() == 0;
    }

    private static ArchiveAnswer found(SearchResponse<Map<String, Object>> response, int limit) {
        List<Hit<Map<String, Object>>> hits = response.hits().hits();
        List<ArchivedDocument> documents = new ArrayList<>(hits.size());
        for (Hit<Map<String, Object>> hit : hits) {
            documents.add(new ArchivedDocument(
                    Objects.requireNonNullElse(hit.id(), ""),
                    Objects.requireNonNullElse(hit.index(), ""),
                    Objects.requireNonNullElse(hit.source(), Map.of())));
        }
        TotalHits total = response.hits().total();
        String next = hits.size() < limit ? null : encode(hits.getLast().sort());
        return total == null
                ? new ArchiveAnswer.Found(documents.size(), false, documents, next)
                : new ArchiveAnswer.Found(total.value(), total.relation() == TotalHitsRelation.Eq, documents, next);
    }

    private static String encode(List<FieldValue> sort) {
        String text = sort.stream()
                .map(value -> value.isLong()
                        ? "l" + value.longValue()
                        : value.isString() ? "s" + URLEncoder.encode(value.stringValue(), StandardCharsets.UTF_8) : "n")
                .collect(Collectors.joining("\n"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FieldValue> decode(String after) {
        String text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        List<String> values = text.lines().toList();
        if (values.size() < 2) {
            throw new IllegalArgumentException("a time and what orders within it are wanted");
        }
        List<FieldValue> sort = new ArrayList<>();
        for (String value : values) {
            sort.add(
                    value.startsWith("l")
                            ? FieldValue.of(Long.parseLong(value.substring(1)))
                            : value.startsWith("s")
                                    ? FieldValue.of(URLDecoder.decode(value.substring(1), StandardCharsets.UTF_8))
                                    : FieldValue.NULL);
        }
        return sort;
    }

    /** The parser's own words, which lie deepest, and for a search in the first shard that failed. */
    private static String innermost(ErrorCause error) {
        JsonData shards = error.metadata().get("failed_shards");
        List<?> failed = shards == null ? List.of() : shards.to(List.class);
        if (!failed.isEmpty()
                && failed.getFirst() instanceof Map<?, ?> shard
                && shard.get("reason") instanceof Map<?, ?> reason) {
            return innermost(reason);
        }
        ErrorCause cause =
                error.rootCause().isEmpty() ? error : error.rootCause().getFirst();
        while (cause.causedBy() != null && !NAMELESS.equals(cause.causedBy().type())) {
            cause = cause.causedBy();
        }
        return cause.reason() == null ? String.valueOf(cause.type()) : cause.reason();
    }

    private static String innermost(Map<?, ?> cause) {
        return cause.get("caused_by") instanceof Map<?, ?> deeper && !NAMELESS.equals(deeper.get("type"))
                ? innermost(deeper)
                : String.valueOf(cause.get("reason"));
    }
}
