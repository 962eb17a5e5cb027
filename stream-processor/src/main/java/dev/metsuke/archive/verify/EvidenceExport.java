package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.archive.verify.Matches.Match;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceWriter;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.DeletedMonths;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.KeyTrail.FoundStatement;
import dev.metsuke.events.proof.SealTrail;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exports what a query finds, with its proof. A chain is told from seal to seal: of every stretch between two seals in which
 * a line is listed all leaves are told, of the others nothing.
 */
public final class EvidenceExport {

    private final PointInTime archive;
    private final EvidenceWriter bundle;
    private final Matches matches;
    private final KeyRing ring;
    private final Set<String> revocations;
    private final OrderedReading reading;
    /** By stream, how many lines are gone up to the last gap of it. */
    private final Map<String, Long> gone = new HashMap<>();

    private long deleted;
    private long unsealed;

    private EvidenceExport(
            PointInTime archive,
            EvidenceWriter bundle,
            Query query,
            KeyRing ring,
            List<KeyStatement> statements,
            DeletedMonths deletedMonths) {
        this.archive = archive;
        this.bundle = bundle;
        this.matches = new Matches(archive, query);
        this.ring = ring;
        this.revocations = statements.stream().map(KeyStatement::id).collect(Collectors.toSet());
        this.reading = new OrderedReading(archive, deletedMonths);
    }

    /**
     * What was exported.
     *
     * @param events how many
     * @param unsealed how many of them are younger than the last seal, and so not proven yet
     * @param unchained how many others the query finds that have no place in any chain; they are left out
     * @param deleted how many lines beside them retention deleted, as it recorded
     */
    public record Exported(long events, long unsealed, long unchained, long deleted) {}

    /**
     * The archive as it is to be exported; where it cannot be reached, that is told here.
     *
     * @param client of the archive; it stays the caller's to close
     * @param brief another one, for what takes no time
     */
    public static PointInTime open(ElasticsearchClient client, ElasticsearchClient brief) throws IOException {
        return PointInTime.open(client, brief, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS, ArchiveIndex.RETENTION);
    }

    /**
     * Writes a bundle.
     *
     * @param archive which {@link #open} gave
     * @param query what is to be seen
     * @param about what was asked for, for people
     * @param keys put into the bundle for information
     * @param years for how many years access events must be kept at least: only what retention deleted later may be missing
     * @param bundle an empty one, which stays the caller's to close
     * @throws IOException where the archive does not answer whole, or what it holds does not fit together
     */
    public static Exported write(
            PointInTime archive,
            Query query,
            Map<String, @Nullable Object> about,
            KeyList keys,
            int years,
            EvidenceWriter bundle)
            throws IOException {
        List<KeyStatement> statements = new ArrayList<>(new LinkedHashSet<>(new ArchivedSeals(archive)
                .statements(List.of()).stream().map(FoundStatement::statement).toList()));
        KeyRing ring = new KeyRing(keys.keys()).with(statements);
        DeletedMonths months = ArchivedDeletions.read(archive, years, Instant.now());
        EvidenceExport export = new EvidenceExport(archive, bundle, chained(query), ring, statements, months);
        export.write();
        bundle.finish(about, keys, statements, export.deleted == 0 ? List.of() : months.deletions());
        return new Exported(bundle.listed(), export.unsealed, archive.count(unchained(query)), export.deleted);
    }

    private static Query chained(Query query) {
        return Query.of(both -> both.bool(all ->
                all.filter(query).filter(one -> one.exists(exists -> exists.field("metsuke.integrity.sequence")))));
    }

    private static Query unchained(Query query) {
        return Query.of(both -> both.bool(all -> all.filter(query)
                .mustNot(one -> one.exists(exists -> exists.field("metsuke.integrity.sequence")))
                .filter(one -> one.prefix(prefix -> prefix.field("_index").value("metsuke-access-events")))));
    }

    private void write() throws IOException {
        for (Match match = matches.peek(); match != null; match = matches.peek()) {
            ofStream(match.stream());
        }
        long missing = gone.values().stream().mapToLong(Long::longValue).sum();
        long recorded = reading.deleted().documents();
        if (missing > recorded) {
            throw new IOException("nothing is exported: " + new Finding.MoreMissing(missing, recorded).describe()
                    + "; metsuke verify tells more");
        }
    }

    private void ofStream(String stream) throws IOException {
        List<FoundSeal> useful = useful(ascending(new ArchivedSeals(archive).of(stream)));
        SealTrail trail = new SealTrail(
                SealList.copyOf(useful.stream().map(FoundSeal::seal).toList()), List.of());
        SealedMonths seals = SealedMonths.of(trail.believed(), useful);
        int reached = 0;
        int stretch = 0;
        for (Match match = matches.peek(); match != null && match.stream().equals(stream); match = matches.peek()) {
            while (stretch < seals.size()
                    && trail.believed().get(stretch).head().sequence() < match.sequence()) {
                stretch++;
            }
            SealedMonth before = stretch == 0 ? null : seals.get(stretch - 1);
            SealedMonth behind = stretch == seals.size() ? null : seals.get(stretch);
            StreamTask task = StreamTask.from(
                    stream,
                    trail,
                    seals,
                    before == null ? null : before.seal(),
                    SealList.copyOf(behind == null ? List.of() : List.of(behind.seal())),
                    false);
            if (reached > 0 && reached < stretch) {
                passOver(stream, seals.subList(reached - 1, stretch));
            }
            if (reached == 0 || reached < stretch) {
                bundle.start(stream, task.head());
                if (before != null) {
                    seal(before);
                }
            }
            stretch(task, behind);
            reached = stretch + 1;
        }
    }

    /** Between stretches in which lines are listed; that others were left out is only told where retention left none. */
    private void passOver(String stream, List<SealedMonth> between) throws IOException {
        long first = between.getFirst().seal().head().sequence() + 1;
        long last = between.getLast().seal().head().sequence();
        // By the seals that the bundle has: those between them are not told.
        Optional<Deleted> gap = reading.deleted()
                .explain(new Finding.Missing(first, last, null, null), List.of(between.getFirst(), between.getLast()));
        if (gap.isPresent() && archive.count(StreamLines.ofStream(stream, first, last)) == 0) {
            delete(stream, gap.get());
        }
    }

    /** All lines between two seals, those that match to be seen. */
    private void stretch(StreamTask task, @Nullable SealedMonth behind) throws IOException {
        Deque<Long> wanted = matches.take(task.stream(), behind == null ? Long.MAX_VALUE : task.knownEnd());
        unsealed += behind == null ? wanted.size() : 0;
        follow(task, behind == null ? wanted.getLast() : task.knownEnd(), wanted);
        if (!wanted.isEmpty()) {
            throw broken(task.stream(), "line " + wanted.getFirst() + " is missing");
        }
        if (behind != null) {
            seal(behind);
        }
    }

    private void follow(StreamTask task, long last, Deque<Long> wanted) throws IOException {
        ChainVerifier verifier = task.verifier();
        try (StreamLines lines =
                new StreamLines(archive, task.stream(), task.head().sequence(), last, false)) {
            for (List<Hit> hits = lines.next(); !hits.isEmpty() && !verifier.isDone(); hits = lines.next()) {
                for (Hit hit : hits) {
                    take(hit, verifier, wanted, task.stream());
                }
            }
        }
        StreamVerdict verdict = verifier.end();
        Finding finding = verdict.finding();
        if (finding != null) {
            StreamTask rest = reading.behind(task, finding, verdict.unsealed())
                    .orElseThrow(() -> broken(task.stream(), finding.describe()));
            goOn(rest, wanted);
            follow(rest, last, wanted);
        }
    }

    /** Behind lines that retention deleted. */
    private void goOn(StreamTask rest, Deque<Long> wanted) throws IOException {
        Deleted gap = rest.deleted().getLast();
        delete(rest.stream(), gap);
        bundle.start(rest.stream(), rest.head());
        FoundLine unproven = gap.unproven() == null ? null : gap.lines().after();
        if (unproven != null && isNext(unproven, wanted)) {
            wanted.remove();
            bundle.unproven(unproven);
        }
    }

    private void delete(String stream, Deleted gap) throws IOException {
        long last = gap.lines().last();
        bundle.deleted(gap.lines());
        gone.put(stream, last - archive.count(StreamLines.ofStream(stream, 1, last)));
        deleted += gap.lines().count();
    }

    private void seal(SealedMonth sealed) throws IOException {
        Seal seal = sealed.seal();
        for (String id : seal.revocations()) {
            if (!revocations.contains(id)) {
                throw broken(seal.stream(), new Finding.MissingRevocation(id, seal, true).describe());
            }
        }
        bundle.seal(sealed);
    }

    private void take(Hit hit, ChainVerifier verifier, Deque<Long> wanted, String stream) throws IOException {
        FoundLine line = FoundLine.of(hit.source(), hit::origin);
        if (line == null) {
            throw broken(stream, new Finding.Unreadable(hit.origin()).describe());
        }
        verifier.next(line);
        if (verifier.isDone()) {
            return;
        }
        if (isNext(line, wanted)) {
            wanted.remove();
            bundle.listed(line);
        } else {
            bundle.omitted(line);
        }
    }

    private static boolean isNext(FoundLine line, Deque<Long> wanted) {
        Long first = wanted.peek();
        return first != null && first == line.sequence();
    }

    private static IOException broken(String stream, String what) {
        return new IOException(
                "the stream " + stream + " is not whole, nothing is exported: " + what + "; metsuke verify tells more");
    }

    /** Where a revoked key signed one after its revocation, the next one proves the lines, if there is one. */
    private List<FoundSeal> useful(List<FoundSeal> ascending) {
        List<FoundSeal> useful = new ArrayList<>();
        for (FoundSeal one : ascending) {
            if (!isRevoked(one.seal()) || one.equals(ascending.getLast())) {
                useful.add(one);
            }
        }
        return useful;
    }

    /** Signatures are looked at where it matters only: the others are proven by whoever gets the bundle. */
    private boolean isRevoked(Seal seal) {
        return ring.isRevoked(seal) && ring.judge(seal) instanceof Judgement.Revoked;
    }

    private static List<FoundSeal> ascending(List<FoundSeal> found) {
        List<FoundSeal> ascending = new ArrayList<>();
        for (FoundSeal one : found) {
            if (ascending.isEmpty()
                    || one.seal().head().sequence()
                            > ascending.getLast().seal().head().sequence()) {
                ascending.add(one);
            }
        }
        return ascending;
    }
}
