package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage;
import dev.metsuke.archive.read.RawPage.Hit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a stream in the order of their numbers. The range is cut into slices, of which several are under way
 * while one is looked at; behind its known end the reading goes on page by page.
 */
final class StreamLines implements AutoCloseable {

    private static final List<SortField> BY_SEQUENCE =
            List.of(new SortField("metsuke.integrity.sequence", FieldType.Long));
    private static final int SLICES_UNDER_WAY = 3;
    private static final int WIDEST_SLICE = 4_000;
    private static final int FIRST_SLICE = 200;
    private static final long BYTES_A_SLICE = 4 * 1024 * 1024;

    private final PointInTime archive;
    private final String stream;
    private final long knownEnd;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Future<List<Hit>>> underWay = new ArrayDeque<>();
    private long next;
    private int width = FIRST_SLICE;
    private @Nullable List<Object> tail;
    private boolean hasEnded;

    /**
     * Reads nothing yet.
     *
     * @param after the number behind which the lines stand
     * @param knownEnd the last number that must be there
     * @param andTail whether what stands behind it is wanted as well
     */
    StreamLines(PointInTime archive, String stream, long after, long knownEnd, boolean andTail) {
        this.archive = archive;
        this.stream = stream;
        this.next = after + 1;
        this.knownEnd = Math.max(knownEnd, after);
        this.hasEnded = !andTail;
    }

    /** The next documents; none at the end. */
    List<Hit> next() throws IOException {
        while (true) {
            while (next <= knownEnd && underWay.size() < SLICES_UNDER_WAY) {
                long from = next;
                long to = Math.min(knownEnd, from + width - 1);
                underWay.add(threads.submit(slice(from, to)));
                next = to + 1;
            }
            Future<List<Hit>> first = underWay.poll();
            if (first == null) {
                return hasEnded ? List.of() : tail();
            }
            List<Hit> hits = await(first);
            adapt(hits);
            if (!hits.isEmpty()) {
                return hits;
            }
        }
    }

    private Callable<List<Hit>> slice(long from, long to) {
        Query query = ofStream(stream, from, to);
        return () -> {
            List<Hit> all = new ArrayList<>();
            List<Object> after = null;
            // One more than there should be, so that all of them are one page.
            int size = (int) (to - from + 2);
            boolean mayGoOn = true;
            while (mayGoOn) {
                RawPage page = archive.page(query, BY_SEQUENCE, size, after, true);
                all.addAll(page.hits());
                after = page.end();
                mayGoOn = page.mayGoOn();
            }
            return all;
        };
    }

    private List<Hit> tail() throws IOException {
        RawPage page = archive.page(ofStream(stream, knownEnd + 1, Long.MAX_VALUE), BY_SEQUENCE, width, tail, true);
        tail = page.end();
        hasEnded = !page.mayGoOn();
        adapt(page.hits());
        return page.hits();
    }

    /** Slices hold about as many bytes, however long the lines are. */
    private void adapt(List<Hit> hits) {
        if (!hits.isEmpty()) {
            long bytes = hits.stream().mapToLong(hit -> hit.source().length).sum();
            long fitting = BYTES_A_SLICE * hits.size() / Math.max(1, bytes);
            width = (int) Math.max(1, Math.min(fitting, Math.min(WIDEST_SLICE, 4L * width)));
        }
    }

    /** The first document of a stream from a number on; null without one. */
    static @Nullable Hit first(PointInTime archive, String stream, long from) throws IOException {
        List<Hit> hits = archive.page(ofStream(stream, from, Long.MAX_VALUE), BY_SEQUENCE, 1, null, true)
                .hits();
        return hits.isEmpty() ? null : hits.getFirst();
    }

    static Query ofStream(String stream, long from, long to) {
        return Query.of(query -> query.bool(all -> all.filter(one ->
                        one.term(term -> term.field("metsuke.integrity.stream").value(stream)))
                .filter(one -> one.range(range -> range.longNumber(number ->
                        number.field("metsuke.integrity.sequence").gte(from).lte(to))))));
    }

    /** What names the stream and has no place in it. */
    static Query withoutPlace(String stream) {
        return Query.of(query -> query.bool(all -> all.filter(one ->
                        one.term(term -> term.field("metsuke.integrity.stream").value(stream)))
                .mustNot(ofStream(stream, 1, Long.MAX_VALUE))));
    }

    private static List<Hit> await(Future<List<Hit>> slice) throws IOException {
        try {
            return slice.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("a slice could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the archive was read");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
