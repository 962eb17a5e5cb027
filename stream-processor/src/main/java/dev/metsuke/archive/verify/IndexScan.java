package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.StreamVerdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Follows all streams at once, in the order in which the indices hold their documents. The server unpacks each block of
 * documents once that way, where reading by stream and number makes it unpack one for every document. Lines that come too
 * early wait in memory. Gives a verdict only of streams with which nothing is wrong; the others are left to a reading in
 * their own order.
 */
final class IndexScan {

    private static final List<SortField> AS_THEY_LIE = List.of(new SortField("_shard_doc", FieldType.Long));
    private static final int FIRST_PAGE = 500;
    private static final int LONGEST_PAGE = 10_000;
    private static final long BYTES_A_PAGE = 6 * 1024 * 1024;
    private static final long MOST_WAITING = 96L * 1024 * 1024;

    private final PointInTime archive;
    private final Map<String, Follower> followers = new HashMap<>();
    private long waitingBytes;

    IndexScan(PointInTime archive, Collection<StreamTask> tasks) {
        this.archive = archive;
        tasks.forEach(task -> followers.put(task.stream(), new Follower(task)));
    }

    /** The verdicts by stream, of those that are as they should be. */
    Map<String, StreamVerdict> verdicts() throws IOException {
        scan();
        Map<String, StreamVerdict> verdicts = new HashMap<>();
        followers.forEach((stream, follower) -> {
            StreamVerdict verdict = follower.verdict();
            if (verdict != null) {
                verdicts.put(stream, verdict);
            }
        });
        return verdicts;
    }

    private void scan() throws IOException {
        Query events = Query.of(
                query -> query.prefix(prefix -> prefix.field("_index").value(ArchiveIndex.ACCESS_EVENTS.family())));
        try (ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
            int size = FIRST_PAGE;
            RawPage page = archive.page(events, AS_THEY_LIE, size, null, true);
            while (!page.hits().isEmpty()) {
                size = fitting(page, size);
                List<Object> end = page.end();
                int next = size;
                Future<RawPage> following =
                        page.mayGoOn() ? ahead.submit(() -> archive.page(events, AS_THEY_LIE, next, end, true)) : null;
                page.hits().forEach(this::take);
                page = following == null ? new RawPage(List.of(), false) : await(following);
            }
        }
    }

    private static int fitting(RawPage page, int size) {
        long bytes = page.hits().stream().mapToLong(hit -> hit.source().length).sum();
        long fitting = BYTES_A_PAGE * page.hits().size() / Math.max(1, bytes);
        return (int) Math.max(1, Math.min(fitting, Math.min(LONGEST_PAGE, 4L * size)));
    }

    private void take(Hit hit) {
        FoundLine line = FoundLine.of(hit.source(), hit.origin());
        // Whatever cannot be read is missing where it belongs, and will be found so.
        Follower follower = line == null ? null : followers.get(line.stream());
        if (line != null && follower != null) {
            follower.take(line);
            while (waitingBytes > MOST_WAITING) {
                followers.values().stream()
                        .max(Comparator.comparingLong(one -> one.bytes))
                        .ifPresent(Follower::giveUp);
            }
        }
    }

    private static RawPage await(Future<RawPage> page) throws IOException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("a page could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the archive was read");
        }
    }

    /** One stream: what of it is followed, and what waits. */
    private final class Follower {

        private final StreamTask task;
        private final ChainVerifier verifier;
        private final Map<Long, FoundLine> waiting = new HashMap<>();
        private long next;
        private long bytes;
        private boolean isOdd;

        Follower(StreamTask task) {
            this.task = task;
            this.verifier = task.verifier();
            this.next = task.head().sequence() + 1;
        }

        void take(FoundLine line) {
            long sequence = line.sequence();
            if (isOdd || sequence <= task.head().sequence() || (!task.andTail() && sequence > task.knownEnd())) {
                return;
            }
            if (sequence < next || waiting.containsKey(sequence)) {
                giveUp();
            } else if (sequence == next) {
                follow(line);
                for (FoundLine early = waiting.remove(next); early != null; early = waiting.remove(next)) {
                    count(-early.json().length);
                    follow(early);
                }
            } else {
                waiting.put(sequence, line);
                count(line.json().length);
            }
        }

        private void follow(FoundLine line) {
            verifier.next(line);
            next++;
            if (verifier.isDone() || verifier.hasDoubt()) {
                giveUp();
            }
        }

        private void count(long more) {
            bytes += more;
            waitingBytes += more;
        }

        void giveUp() {
            isOdd = true;
            waiting.clear();
            count(-bytes);
        }

        @Nullable
        StreamVerdict verdict() {
            if (isOdd || !waiting.isEmpty()) {
                return null;
            }
            StreamVerdict verdict = verifier.end();
            return verdict.finding() == null ? verdict : null;
        }
    }
}
