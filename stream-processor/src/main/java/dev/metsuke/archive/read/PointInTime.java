package dev.metsuke.archive.read;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import co.elastic.clients.transport.endpoints.EndpointBase;
import co.elastic.clients.util.NamedValue;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents as they were at one moment; whatever goes on meanwhile, all pages are of it. */
public final class PointInTime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PointInTime.class);

    /**
     * How long it may take until a search finds what the archive has written and committed: well above what
     * {@code archive.indices.refresh-interval} is by default.
     */
    public static final Duration FOUND_WITHIN = Duration.ofSeconds(10);

    private static final Time KEPT = Time.of(time -> time.time("10m"));
    private static final int STREAMS_AT_ONCE = 1_000;
    private static final int COUNTED_AT_ONCE = 500;
    /** An answer that is too long, for the client or the server, is asked for again in smaller ones, down to so few. */
    private static final int FEWEST = 25;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Query ALL = Query.of(query -> query.matchAll(all -> all));
    private static final List<SortField> AS_THEY_LIE = List.of(new SortField("_shard_doc", FieldType.Long));
    /** What {@link #groups} calls that by which it groups. */
    public static final String GROUP = "group";

    private static final BinaryEndpoint<SearchRequest> SEARCH = new BinaryEndpoint<>(
            "es/search",
            request -> "POST",
            request -> "/_search",
            request -> Map.of(),
            request -> Map.of("allow_partial_search_results", "false"),
            request -> Map.of("Content-Type", "application/json", "Accept", "application/json"),
            EndpointBase.<SearchRequest, Object>returnSelf(),
            null);

    private final ElasticsearchClient client;
    private final ElasticsearchClient brief;
    private final String id;

    private PointInTime(ElasticsearchClient client, ElasticsearchClient brief, String id) {
        this.client = client;
        this.brief = brief;
        this.id = id;
    }

    /**
     * Now.
     *
     * @param client of the archive; it stays the caller's to close
     * @param families what is to be read
     * @throws IOException also where an index of these is closed
     */
    public static PointInTime open(ElasticsearchClient client, ArchiveIndex... families) throws IOException {
        return open(client, client, families);
    }

    /**
     * The same for somebody who waits.
     *
     * @param brief another client, for what takes no time: to begin and to end
     */
    public static PointInTime open(ElasticsearchClient client, ElasticsearchClient brief, ArchiveIndex... families)
            throws IOException {
        List<String> patterns =
                Arrays.stream(families).map(ArchiveIndex::pattern).toList();
        String id = call(
                brief,
                asked -> asked.openPointInTime(open -> open.index(patterns)
                                // What was closed is refused by its name; if it were passed over, its lines would be
                                // missing.
                                .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed)
                                .ignoreUnavailable(false)
                                .keepAlive(KEPT))
                        .id());
        return new PointInTime(client, brief, id);
    }

    /** Every stream that has an event or a seal. */
    public Set<String> streams() throws IOException {
        Set<String> streams = new TreeSet<>();
        for (String field : List.of("metsuke.integrity.stream", "metsuke.seal.stream")) {
            CompositeAggregationSource by =
                    CompositeAggregationSource.of(source -> source.terms(terms -> terms.field(field)));
            forEachGroup(
                    ALL,
                    by,
                    Map.of(),
                    STREAMS_AT_ONCE,
                    bucket -> streams.add(
                            bucket.key().getOrDefault(GROUP, FieldValue.NULL).stringValue()));
        }
        return streams;
    }

    /** How many documents a query finds. */
    public long count(Query query) throws IOException {
        return call(client, asked -> {
            var total = asked.search(
                            search -> search.pit(pit -> pit.id(id).keepAlive(KEPT))
                                    .allowPartialSearchResults(false)
                                    .size(0)
                                    .query(query)
                                    .trackTotalHits(track -> track.enabled(true)),
                            Void.class)
                    .hits()
                    .total();
            return total == null ? 0 : total.value();
        });
    }

    /** How many documents each of these queries finds, in their order: a question for many of them. */
    public List<Long> counts(List<Query> queries) throws IOException {
        List<Long> counts = new ArrayList<>(queries.size());
        for (int from = 0; from < queries.size(); from += COUNTED_AT_ONCE) {
            List<Query> some = queries.subList(from, Math.min(queries.size(), from + COUNTED_AT_ONCE));
            counts.addAll(countsOf(some));
        }
        return counts;
    }

    private List<Long> countsOf(List<Query> queries) throws IOException {
        return call(client, asked -> {
            Aggregate found = asked.search(
                            search -> search.pit(pit -> pit.id(id).keepAlive(KEPT))
                                    .allowPartialSearchResults(false)
                                    .size(0)
                                    .trackTotalHits(track -> track.enabled(false))
                                    .aggregations(
                                            "counts",
                                            of -> of.filters(
                                                    filters -> filters.filters(buckets -> buckets.array(queries)))),
                            Void.class)
                    .aggregations()
                    .get("counts");
            // Without any index there is no answer to the question.
            return found == null
                    ? Collections.nCopies(queries.size(), 0L)
                    : found.filters().buckets().array().stream()
                            .map(FiltersBucket::docCount)
                            .toList();
        });
    }

    /** Every document, in order, whole, so many at a time. */
    public void forEach(Query query, List<SortField> sort, int size, Consumer<Hit> consumer) throws IOException {
        RawPage page = page(query, sort, size, null, true);
        page.hits().forEach(consumer);
        while (page.mayGoOn()) {
            page = page(query, sort, size, page.end(), true);
            page.hits().forEach(consumer);
        }
    }

    /** Every document, in the order in which they lie, whole, so many at a time. */
    public void forEach(Query query, int size, Consumer<Hit> consumer) throws IOException {
        forEach(query, AS_THEY_LIE, size, consumer);
    }

    /**
     * One page.
     *
     * @param sort fields; documents that are equal in all of them come in an order that stays the same; a field that an index
     *     has not sorts as if it were absent
     * @param size how many documents at most
     * @param after {@link RawPage#end} of the page before
     * @param withSource whether the documents' bytes are wanted
     */
    public RawPage page(Query query, List<SortField> sort, int size, @Nullable List<Object> after, boolean withSource)
            throws IOException {
        return answer(new Pages(query, sort, null, withSource), size, after).page();
    }

    /**
     * One page of the documents in the order in which they lie, whole: the cheapest for the server, which unpacks each of its
     * blocks once.
     *
     * @param part of all that is to be read
     * @param size how many documents at most
     * @param after {@link RawPage#end} of the page before
     */
    public RawAnswer pageAsItLies(Query query, Part part, int size, @Nullable List<Object> after) throws IOException {
        return answer(new Pages(query, AS_THEY_LIE, part.of() == 1 ? null : part, true), size, after);
    }

    private RawAnswer answer(Pages pages, int size, @Nullable List<Object> after) throws IOException {
        try {
            return ask(pages, size, after);
        } catch (TransportException e) {
            throw new IOException("Elasticsearch gave an answer that cannot be read (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            // A node that is silent is so to less, too.
            if (size <= FEWEST || ElasticsearchConnection.isSilence(e.getCause())) {
                throw e;
            }
            return answer(pages, Math.max(FEWEST, size / 8), after);
        }
    }

    /** Every group into which all that a query finds falls, in their order, so many at a time. */
    public void forEachGroup(
            Query query,
            CompositeAggregationSource by,
            Map<String, Aggregation> of,
            int size,
            Consumer<CompositeBucket> consumer)
            throws IOException {
        Map<String, FieldValue> after = Map.of();
        do {
            CompositeAggregate page = groups(query, by, of, size, after);
            page.buckets().array().forEach(consumer);
            after = page.afterKey();
        } while (!after.isEmpty());
    }

    /**
     * One page of the groups into which all that a query finds falls.
     *
     * @param by what makes a group
     * @param of what is told of each
     * @param size how many groups at most
     * @param after {@link CompositeAggregate#afterKey} of the page before; empty for the first
     */
    public CompositeAggregate groups(
            Query query,
            CompositeAggregationSource by,
            Map<String, Aggregation> of,
            int size,
            Map<String, FieldValue> after)
            throws IOException {
        Aggregation groups = Aggregation.of(all -> all.composite(composite -> {
                    composite.sources(NamedValue.of(GROUP, by)).size(size);
                    return after.isEmpty() ? composite : composite.after(after);
                })
                .aggregations(of));
        return call(client, asked -> {
            Aggregate found = asked.search(
                            search -> search.pit(pit -> pit.id(id).keepAlive(KEPT))
                                    .allowPartialSearchResults(false)
                                    .size(0)
                                    .query(query)
                                    .trackTotalHits(track -> track.enabled(false))
                                    .aggregations("groups", groups),
                            Void.class)
                    .aggregations()
                    .get("groups");
            // Without any index there is no answer to the question.
            return found == null
                    ? CompositeAggregate.of(none -> none.buckets(empty -> empty.array(List.of())))
                    : found.composite();
        });
    }

    private RawAnswer ask(Pages pages, int size, @Nullable List<Object> after) throws IOException {
        Part part = pages.part;
        SearchRequest request = SearchRequest.of(search -> {
            search.pit(pit -> pit.id(id).keepAlive(KEPT))
                    .query(pages.query)
                    .size(size)
                    .trackTotalHits(track -> track.enabled(false))
                    .source(source -> source.fetch(pages.withSource))
                    .sort(pages.sort.stream().map(SortField::options).toList());
            if (part != null) {
                search.slice(slice -> slice.id(Integer.toString(part.number)).max(part.of));
            }
            return after == null
                    ? search
                    : search.searchAfter(after.stream().map(PointInTime::value).toList());
        });
        Call<RawAnswer> question = asked -> {
            try (BinaryResponse answer = asked._transport().performRequest(request, SEARCH, null);
                    InputStream json = answer.content()) {
                return new RawAnswer(json.readAllBytes(), size);
            }
        };
        // It may have room for a smaller one.
        return size > FEWEST ? callOnce(client, question) : call(client, question);
    }

    private static FieldValue value(Object value) {
        return value instanceof Long number ? FieldValue.of(number) : FieldValue.of(value.toString());
    }

    /** A server that has no room at this moment is asked again. */
    private static <T> T call(ElasticsearchClient client, Call<T> call) throws IOException {
        long giveUpNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return answer(client, call);
            } catch (ElasticsearchException e) {
                if (e.status() != TOO_MANY_REQUESTS || System.nanoTime() > giveUpNanos) {
                    throw failed(e);
                }
            }
            pause();
        }
    }

    private static <T> T callOnce(ElasticsearchClient client, Call<T> call) throws IOException {
        try {
            return answer(client, call);
        } catch (ElasticsearchException e) {
            throw failed(e);
        }
    }

    private static <T> T answer(ElasticsearchClient client, Call<T> call) throws IOException {
        try {
            return call.of(client);
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(ElasticsearchConnection.describe(ElasticsearchConnection.addresses(client), e), e);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the archive had no room for a question");
        }
    }

    private static IOException failed(ElasticsearchException e) {
        ErrorCause cause = e.error();
        return new IOException(
                ElasticsearchConnection.closedIndex(e)
                        .map(index -> "the index " + index
                                + " is closed, and nobody knows what it holds; open it for as long as this takes"
                                + " (POST /" + index + "/_open)")
                        .orElseGet(() -> "Elasticsearch answered " + e.status() + ": "
                                + (cause.rootCause().isEmpty()
                                        ? cause.reason()
                                        : cause.rootCause().getFirst().reason())
                                + ElasticsearchConnection.hint(e.status())),
                e);
    }

    /** What was read stays read where that fails: the server forgets the moment by itself. */
    @Override
    public void close() {
        try {
            call(brief, asked -> asked.closePointInTime(close -> close.id(id)).succeeded());
        } catch (IOException e) {
            LOG.debug("A moment of the archive is not closed; the server forgets it in a while.", e);
        }
    }

    /**
     * A field to sort by.
     *
     * @param name the field
     * @param type what it is where an index has not got it
     * @param order which end comes first
     */
    public record SortField(String name, FieldType type, SortOrder order) {

        /** From the least. */
        public SortField(String name, FieldType type) {
            this(name, type, SortOrder.Asc);
        }

        private SortOptions options() {
            return SortOptions.of(
                    sort -> sort.field(field -> field.field(name).order(order).unmappedType(type)));
        }
    }

    /**
     * A part of all documents. Of no more parts than there are shards each is some shards whole; of more, each is a piece of one shard.
     *
     * @param number from 0
     * @param of how many parts there are
     */
    public record Part(int number, int of) {}

    /** What all pages have in common. */
    private record Pages(
            Query query, List<SortField> sort, @Nullable Part part, boolean withSource) {}

    @FunctionalInterface
    private interface Call<T> {
        T of(ElasticsearchClient client) throws IOException;
    }
}
