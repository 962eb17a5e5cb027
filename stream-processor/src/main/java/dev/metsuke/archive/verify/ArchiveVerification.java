package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.verify.OrderedReading.Judged;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.KeyTrail;
import dev.metsuke.events.proof.KeyTrail.FoundStatement;
import dev.metsuke.events.proof.SealTrail;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.settings.NearNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies the archive: every stream from seal to seal, several streams at a time. */
public final class ArchiveVerification {

    /** Fewer lines are sooner read by stream and number than all documents as they lie. */
    private static final long SCAN_FROM = 20_000;

    /** In place of one that is not there. */
    private static final int NAMED_STREAMS = 3;

    private final ElasticsearchClient client;
    private final ElasticsearchClient brief;
    private final KeyRing given;
    private final Map<String, List<Seal>> copiedSeals;
    private final List<KeyStatement> copiedStatements;
    private final int years;
    private final long scanFrom;
    private final Duration foundWithin;

    /**
     * A verification.
     *
     * @param client of the archive; it stays the caller's to close
     * @param brief another one, for what takes no time
     * @param given the keys that the verifier has by ways of their own
     * @param copies seals from elsewhere, such as the shipper's file on other media
     * @param years for how many years access events must be kept at least: only what retention deleted later may be missing
     */
    public ArchiveVerification(
            ElasticsearchClient client,
            ElasticsearchClient brief,
            KeyRing given,
            Collection<SealRecord> copies,
            int years) {
        this(client, brief, given, copies, years, SCAN_FROM, PointInTime.FOUND_WITHIN);
    }

    /** The same, where all indices are scanned from so many lines on, and what is missing is looked for again so much later. */
    ArchiveVerification(
            ElasticsearchClient client,
            ElasticsearchClient brief,
            KeyRing given,
            Collection<SealRecord> copies,
            int years,
            long scanFrom,
            Duration foundWithin) {
        this.years = years;
        this.client = client;
        this.brief = brief;
        this.given = given;
        this.copiedSeals = SealRecord.ofKind(copies, Seal.class)
                .collect(Collectors.groupingBy(
                        Seal::stream, Collectors.collectingAndThen(Collectors.toList(), SealList::copyOf)));
        this.copiedStatements = SealRecord.ofKind(copies, KeyStatement.class).toList();
        this.scanFrom = scanFrom;
        this.foundWithin = foundWithin;
    }

    /**
     * What is to be verified.
     *
     * @param from lines behind the last seal at or before this moment; all where absent
     * @param to lines up to the first seal at or behind this moment; all where absent
     * @param stream one stream; all where absent
     * @param settled what was sealed later than this may still be on its way into the archive
     */
    public record Range(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String stream,
            Instant settled) {

        /** All, but for what may still be on its way. */
        public static Range all(Instant now, Duration settle) {
            return new Range(null, null, null, now.minus(settle));
        }
    }

    /** Verifies, and nobody waits for it. */
    public List<Finding> verify(Range range, Consumer<StreamReport> told) throws IOException {
        return verify(range, new Headway(), told);
    }

    /**
     * Verifies.
     *
     * @param range what
     * @param headway told how far it has come
     * @param told each stream's report, in the order of their names
     * @return what is wrong with what is said of keys, and with what is said of deletions
     * @throws IOException where the archive does not answer whole
     */
    public List<Finding> verify(Range range, Headway headway, Consumer<StreamReport> told) throws IOException {
        int parallel = Math.max(1, Runtime.getRuntime().availableProcessors());
        try (PointInTime archive = PointInTime.open(
                        client, brief, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS, ArchiveIndex.RETENTION);
                ExecutorService threads = Executors.newFixedThreadPool(
                        parallel,
                        Thread.ofPlatform().name("metsuke-verify-", 0).daemon().factory())) {
            SecondLook later = new SecondLook(archive, client, brief, foundWithin);
            ArchivedSeals seals = new ArchivedSeals(archive);
            List<FoundStatement> statements = seals.statements(copiedStatements);
            KeyRing ring = given.with(
                    statements.stream().map(FoundStatement::statement).toList());
            KeyTrail keys = KeyTrail.of(statements, ring);
            OrderedReading reading = new OrderedReading(archive, ArchivedDeletions.read(archive, years, Instant.now()));
            List<StreamTask> tasks = new ArrayList<>();
            for (String stream : streams(archive, range)) {
                StreamTask task = reading.start(task(seals, reading, ring, keys, stream, range));
                headway.judged(task.trail().believed().size());
                tasks.add(task);
            }
            long lines = tasks.stream().mapToLong(StreamTask::knownLines).sum();
            Map<String, StreamVerdict> whole =
                    lines < scanFrom ? Map.of() : new IndexScan(archive, tasks, headway).verdicts(parallel);
            List<Long> added = withoutPlace(archive, tasks);
            List<Future<StreamReport>> reports = new ArrayList<>();
            for (int i = 0; i < tasks.size(); i++) {
                StreamTask task = tasks.get(i);
                long addedToIt = added.get(i);
                StreamVerdict verdict = whole.get(task.stream());
                reports.add(threads.submit(() -> {
                    Judged judged =
                            verdict == null ? inOrder(reading, task, headway) : new Judged(verdict, task.deleted());
                    return report(task, judged.deleted(), withAdded(addedToIt, judged.verdict()), range);
                }));
            }
            long gone = 0;
            try {
                for (Future<StreamReport> future : reports) {
                    StreamReport report = later.at(await(future));
                    gone += report.deleted().stream()
                            .mapToLong(gap -> gap.lines().count())
                            .sum();
                    told.accept(report);
                }
            } finally {
                // Else each stream that is left would be asked for once more where the archive is silent.
                threads.shutdownNow();
            }
            List<Finding> findings = new ArrayList<>(keys.findings());
            findings.addAll(reading.deleted().tooSoon());
            long allowed = reading.deleted().documents();
            if (gone > allowed) {
                findings.add(new Finding.MoreMissing(gone, allowed));
            }
            return findings;
        }
    }

    /** How many events have no place in any chain: nothing can be proven of them. */
    public long unchained() throws IOException {
        try (PointInTime archive = PointInTime.open(client, brief, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS)) {
            return archive.count(Query.of(query -> query.bool(all -> all.mustNot(
                            one -> one.exists(exists -> exists.field("metsuke.integrity.stream")))
                    .filter(one -> one.prefix(prefix -> prefix.field("_index").value("metsuke-access-events"))))));
        }
    }

    private static Judged inOrder(OrderedReading reading, StreamTask task, Headway headway) throws IOException {
        headway.expect(task.knownLines());
        return reading.judge(task, headway);
    }

    private Set<String> streams(PointInTime archive, Range range) throws IOException {
        String wanted = range.stream();
        if (wanted != null && archive.count(naming(wanted)) > 0) {
            return Set.of(wanted);
        }
        Set<String> streams = new TreeSet<>(archive.streams());
        streams.addAll(copiedSeals.keySet());
        if (wanted == null) {
            return streams;
        }
        if (!streams.contains(wanted)) {
            throw new IOException(noSuchStream(wanted, streams));
        }
        return Set.of(wanted);
    }

    private static Query naming(String stream) {
        return Query.of(query -> query.bool(either -> either.should(line ->
                        line.term(term -> term.field("metsuke.integrity.stream").value(stream)))
                .should(seal ->
                        seal.term(term -> term.field("metsuke.seal.stream").value(stream)))
                .minimumShouldMatch("1")));
    }

    private static String noSuchStream(String wanted, Set<String> streams) {
        List<String> nearest = NearNames.nearest(wanted, streams, NAMED_STREAMS);
        return "there is no stream " + wanted + " in the archive, nor a seal of one"
                + (nearest.isEmpty()
                        ? "; there is none at all"
                        : "; the nearest names are " + String.join(", ", nearest));
    }

    private StreamTask task(
            ArchivedSeals archived, OrderedReading reading, KeyRing ring, KeyTrail keys, String stream, Range range)
            throws IOException {
        List<FoundSeal> found = new ArrayList<>(archived.of(stream));
        copiedSeals.getOrDefault(stream, List.of()).forEach(copy -> found.add(new FoundSeal(copy, null)));
        SealTrail judged = SealTrail.of(found, ring, range.settled());
        SealTrail trail = judged.with(judged.missingRevocations(keys.revocations(), range.settled()));
        SealList believed = trail.believed();
        int behindStart = behindStart(believed, range);
        Seal start = behindStart == 0 ? null : believed.get(behindStart - 1);
        SealList ahead = believed.subList(behindStart, end(believed, behindStart, range));
        boolean andTail = range.to() == null
                || ahead.isEmpty()
                || ahead.getLast().signedAt().isBefore(range.to());
        SealedMonths months =
                reading.deleted().deletions().isEmpty() ? SealedMonths.NONE : SealedMonths.of(believed, found);
        return StreamTask.from(stream, trail, months, start, ahead, andTail);
    }

    /** Whatever the range: that has no time either by which it could be told to lie outside. */
    private static List<Long> withoutPlace(PointInTime archive, List<StreamTask> tasks) throws IOException {
        return archive.counts(tasks.stream()
                .map(task -> StreamLines.withoutPlace(task.stream()))
                .toList());
    }

    private static StreamVerdict withAdded(long added, StreamVerdict verdict) {
        return added == 0 || verdict.finding() != null ? verdict : verdict.with(new Finding.Unplaced(added));
    }

    private static StreamReport report(StreamTask task, List<Deleted> deleted, StreamVerdict verdict, Range range) {
        SealTrail trail = task.trail();
        return new StreamReport(
                orLate(verdict, range),
                deleted,
                trail.findings(),
                trail.believed().isEmpty() ? null : trail.believed().getLast());
    }

    /** How many seals are no later than the range's beginning; none is dated before the one before it. */
    private static int behindStart(SealList seals, Range range) {
        Instant from = range.from();
        return from == null ? 0 : seals.first(seal -> seal.signedAt().isAfter(from));
    }

    /** Behind the first seal that is no earlier than the range's end. */
    private static int end(SealList seals, int behindStart, Range range) {
        Instant to = range.to();
        if (to == null) {
            return seals.size();
        }
        int first = seals.first(seal -> !seal.signedAt().isBefore(to));
        return Math.min(Math.max(first, behindStart) + 1, seals.size());
    }

    /**
     * Events and seals are archived side by side, so that the youngest seals may be there before their lines; and a stream's
     * lines by account, so that of the youngest some may be there before others.
     */
    private static StreamVerdict orLate(StreamVerdict verdict, Range range) {
        Seal after = verdict.after();
        return verdict.finding() instanceof Finding.Missing missing
                        && (after == null
                                ? isYoung(missing.after(), range)
                                : after.signedAt().isAfter(range.settled()))
                ? verdict.with(new Finding.NotYetThere(missing, after))
                : verdict;
    }

    /** By when the shipper read it. */
    private static boolean isYoung(@Nullable FoundLine line, Range range) {
        if (line == null) {
            return false;
        }
        try {
            AccessEvent event = AccessEventJson.decode(line.json());
            Instant read = event.created() == null ? event.timestamp() : event.created();
            return read.isAfter(range.settled());
        } catch (MalformedDocumentException e) {
            return false;
        }
    }

    private static StreamReport await(Future<StreamReport> report) throws IOException {
        try {
            return report.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException("a stream could not be verified", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the archive was verified");
        }
    }
}
