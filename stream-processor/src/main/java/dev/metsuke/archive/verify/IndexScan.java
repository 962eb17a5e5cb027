package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.Part;
import dev.metsuke.archive.read.RawAnswer;
import dev.metsuke.archive.read.RawPage;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.proof.ChainFragments;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.StreamVerdict;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Verifies all streams at once, in the order in which the indices hold their documents, several parts of them side by side.
 * The server unpacks each block of documents once that way, where reading by stream and number makes it unpack one for every
 * document. Gives a verdict only of streams with which nothing is wrong; the others are left to a reading in their own order.
 */
final class IndexScan {

    private static final int FIRST_PAGE = 500;
    private static final int LONGEST_PAGE = 10_000;
    private static final long BYTES_A_PAGE = 6 * 1024 * 1024;

    private static final Query EVENTS = Query.of(
            query -> query.prefix(prefix -> prefix.field("_index").value(ArchiveIndex.ACCESS_EVENTS.family())));

    private final PointInTime archive;
    private final Headway headway;
    private final Map<String, Follower> followers = new HashMap<>();

    IndexScan(PointInTime archive, Collection<StreamTask> tasks, Headway headway) {
        this.archive = archive;
        this.headway = headway;
        tasks.forEach(task -> followers.put(task.stream(), new Follower(task)));
    }

    /**
     * The verdicts by stream, of those that are as they should be.
     *
     * @param parts how many parts of the archive are read side by side
     */
    Map<String, StreamVerdict> verdicts(int parts) throws IOException {
        headway.expect(archive.count(EVENTS));
        try (ExecutorService readers = Executors.newFixedThreadPool(
                parts, Thread.ofPlatform().name("metsuke-scan-", 0).daemon().factory())) {
            List<Future<?>> scans = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                Part mine = new Part(part, parts);
                scans.add(readers.submit(() -> {
                    scan(mine);
                    return null;
                }));
            }
            try {
                for (Future<?> scan : scans) {
                    await(scan);
                }
            } finally {
                readers.shutdownNow();
            }
        }
        List<Follower> all = List.copyOf(followers.values());
        List<Long> wanted = archive.counts(all.stream().map(Follower::wanted).toList());
        Map<String, StreamVerdict> verdicts = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Follower follower = all.get(i);
            StreamVerdict verdict = follower.verdict();
            if (verdict != null && follower.taken() == wanted.get(i)) {
                verdicts.put(follower.task.stream(), verdict);
            }
        }
        return verdicts;
    }

    private void scan(Part part) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        try (ExecutorService ahead = Executors.newVirtualThreadPerTaskExecutor()) {
            Follower likely = null;
            RawAnswer answer = archive.pageAsItLies(EVENTS, part, FIRST_PAGE, null);
            while (answer != null) {
                int size = fitting(answer);
                List<Object> likelyEnd = answer.likelyEnd();
                Future<RawAnswer> following = likelyEnd == null
                        ? null
                        : ahead.submit(() -> archive.pageAsItLies(EVENTS, part, size, likelyEnd));
                RawPage page = answer.page();
                headway.lookedAt(page.hits().size());
                for (Hit hit : page.hits()) {
                    likely = take(hit, sha256, likely);
                }
                List<Object> end = page.end();
                if (end == null || !page.mayGoOn()) {
                    answer = null;
                } else if (following != null && end.equals(likelyEnd)) {
                    answer = await(following);
                } else {
                    answer = archive.pageAsItLies(EVENTS, part, size, end);
                }
            }
        }
    }

    private static int fitting(RawAnswer answer) {
        long fitting = BYTES_A_PAGE * answer.size() / Math.max(1, answer.json().length);
        return (int) Math.max(1, Math.min(fitting, Math.min(LONGEST_PAGE, 4L * answer.size())));
    }

    /** Whose line it was, whose line the next one is likely to be, too. */
    private @Nullable Follower take(Hit hit, MessageDigest sha256, @Nullable Follower likely) {
        FoundLine line = FoundLine.of(hit.source(), hit::origin);
        if (line == null) {
            // It is missing where it belongs, or one more than were taken: its stream's lines are looked at in order
            // then.
            return likely;
        }
        Follower follower = likely != null && line.isOf(likely.stream) ? likely : followers.get(line.stream());
        if (follower != null && follower.isWanted(line)) {
            follower.take(line, line.leaf(sha256));
        }
        return follower;
    }

    private static <T> T await(Future<T> work) throws IOException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("a part of the archive could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the archive was read");
        }
    }

    /** One stream, whichever part of the archive its lines come from. */
    private static final class Follower {

        private final StreamTask task;
        private final byte[] stream;
        private final ChainFragments fragments;
        private long taken;

        Follower(StreamTask task) {
            this.task = task;
            this.stream = task.stream().getBytes(StandardCharsets.UTF_8);
            this.fragments = task.fragments();
        }

        boolean isWanted(FoundLine line) {
            return line.sequence() > task.head().sequence() && (task.andTail() || line.sequence() <= task.knownEnd());
        }

        /** All that is wanted, whether it can be read or not. */
        Query wanted() {
            return StreamLines.ofStream(
                    task.stream(), task.head().sequence() + 1, task.andTail() ? Long.MAX_VALUE : task.knownEnd());
        }

        synchronized long taken() {
            return taken;
        }

        synchronized void take(FoundLine line, byte[] leaf) {
            taken++;
            fragments.take(line, leaf);
        }

        synchronized @Nullable StreamVerdict verdict() {
            return fragments.whole();
        }
    }
}
