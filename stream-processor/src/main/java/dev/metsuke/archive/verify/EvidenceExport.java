package dev.metsuke.archive.verify;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.metsuke.archive.read.PointInTime;
import dev.metsuke.archive.read.PointInTime.SortField;
import dev.metsuke.archive.read.RawPage;
import dev.metsuke.archive.read.RawPage.Hit;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceWriter;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.KeyTrail.FoundStatement;
import dev.metsuke.events.proof.SealTrail.FoundSeal;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exports what a query finds, with its proof. A chain is told from seal to seal: of every stretch between two seals in which
 * a line is listed all leaves are told, of the others nothing.
 */
public final class EvidenceExport {

    private static final List<SortField> BY_PLACE = List.of(
            new SortField("metsuke.integrity.stream", FieldType.Keyword),
            new SortField("metsuke.integrity.sequence", FieldType.Long));
    private static final int PAGE = 10_000;

    private final PointInTime archive;
    private final EvidenceWriter bundle;
    private final Query query;
    private final KeyRing ring;
    private final Set<String> revocations;
    private RawPage page = new RawPage(List.of(), true);
    private int nextHit;
    private long unsealed;

    private EvidenceExport(
            PointInTime archive, EvidenceWriter bundle, Query query, KeyRing ring, List<KeyStatement> statements) {
        this.archive = archive;
        this.bundle = bundle;
        this.query = query;
        this.ring = ring;
        this.revocations = statements.stream().map(KeyStatement::id).collect(Collectors.toSet());
    }

    /**
     * What was exported.
     *
     * @param events how many
     * @param unsealed how many of them are younger than the last seal, and so not proven yet
     * @param unchained how many others the query finds that have no place in any chain; they are left out
     */
    public record Exported(long events, long unsealed, long unchained) {}

    /**
     * Writes a bundle.
     *
     * @param client of the archive; it stays the caller's to close
     * @param query what is to be seen
     * @param about what was asked for, for people
     * @param keys put into the bundle for information
     * @throws IOException where the archive does not answer whole, or what it holds does not fit together
     */
    public static Exported write(
            ElasticsearchClient client, Query query, Map<String, @Nullable Object> about, KeyList keys, Path file)
            throws IOException {
        try (PointInTime archive = PointInTime.open(client, ArchiveIndex.ACCESS_EVENTS, ArchiveIndex.SEALS);
                EvidenceWriter bundle = new EvidenceWriter(file)) {
            List<KeyStatement> statements = new ArrayList<>(new LinkedHashSet<>(new ArchivedSeals(archive)
                    .statements(List.of()).stream()
                            .map(FoundStatement::statement)
                            .toList()));
            KeyRing ring = new KeyRing(keys.keys()).with(statements);
            EvidenceExport export = new EvidenceExport(archive, bundle, chained(query), ring, statements);
            export.write();
            bundle.finish(about, keys, statements);
            return new Exported(bundle.listed(), export.unsealed, archive.count(unchained(query)));
        }
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
        Match match = peek();
        while (match != null) {
            ofStream(match.stream);
            match = peek();
        }
    }

    private void ofStream(String stream) throws IOException {
        List<Seal> seals = useful(ascending(new ArchivedSeals(archive).of(stream)));
        int reached = -1;
        int stretch = 0;
        for (Match match = peek(); match != null && match.stream.equals(stream); match = peek()) {
            while (stretch < seals.size() && seals.get(stretch).head().sequence() < match.sequence) {
                stretch++;
            }
            Seal before = stretch == 0 ? null : seals.get(stretch - 1);
            Seal behind = stretch == seals.size() ? null : seals.get(stretch);
            ChainHead head = before == null ? ChainHead.GENESIS : before.head();
            if (reached != stretch) {
                bundle.start(stream, head);
                if (before != null) {
                    seal(before);
                }
            }
            stretch(stream, head, behind);
            reached = stretch + 1;
        }
    }

    /** All lines between two seals, those that match to be seen. */
    private void stretch(String stream, ChainHead head, @Nullable Seal behind) throws IOException {
        Deque<Long> wanted = new ArrayDeque<>();
        long end = behind == null ? Long.MAX_VALUE : behind.head().sequence();
        for (Match match = peek();
                match != null && match.stream.equals(stream) && match.sequence <= end;
                match = peek()) {
            wanted.add(match.sequence);
            nextHit++;
        }
        unsealed += behind == null ? wanted.size() : 0;
        long last = behind == null ? wanted.getLast() : end;
        ChainVerifier verifier = new ChainVerifier(stream, head, null, behind == null ? List.of() : List.of(behind));
        try (StreamLines lines = new StreamLines(archive, stream, head.sequence(), last, false)) {
            for (List<Hit> hits = lines.next(); !hits.isEmpty(); hits = lines.next()) {
                for (Hit hit : hits) {
                    take(hit, verifier, wanted, stream);
                }
            }
        }
        Finding finding = verifier.end().finding();
        if (finding != null || !wanted.isEmpty()) {
            throw broken(stream, finding == null ? "line " + wanted.getFirst() + " is missing" : finding.describe());
        }
        if (behind != null) {
            seal(behind);
        }
    }

    private void seal(Seal seal) throws IOException {
        for (String id : seal.revocations()) {
            if (!revocations.contains(id)) {
                throw broken(seal.stream(), new Finding.MissingRevocation(id, seal, true).describe());
            }
        }
        bundle.seal(seal);
    }

    private void take(Hit hit, ChainVerifier verifier, Deque<Long> wanted, String stream) throws IOException {
        FoundLine line = FoundLine.of(hit.source(), hit::origin);
        if (line == null) {
            throw broken(stream, new Finding.Unreadable(hit.origin()).describe());
        }
        verifier.next(line);
        Long first = wanted.peek();
        if (first != null && first == line.sequence()) {
            wanted.remove();
            bundle.listed(line);
        } else {
            bundle.omitted(line);
        }
    }

    private static IOException broken(String stream, String what) {
        return new IOException(
                "the stream " + stream + " is not whole, nothing is exported: " + what + "; metsuke verify tells more");
    }

    /** Where a revoked key signed one after its revocation, the next one proves the lines, if there is one. */
    private List<Seal> useful(List<Seal> ascending) {
        List<Seal> useful = new ArrayList<>();
        for (int i = 0; i < ascending.size(); i++) {
            if (i == ascending.size() - 1 || !(ring.judge(ascending.get(i)) instanceof Judgement.Revoked)) {
                useful.add(ascending.get(i));
            }
        }
        return useful;
    }

    private static List<Seal> ascending(List<FoundSeal> found) {
        List<Seal> ascending = new ArrayList<>();
        for (FoundSeal one : found) {
            Seal seal = one.seal();
            if (ascending.isEmpty()
                    || seal.head().sequence() > ascending.getLast().head().sequence()) {
                ascending.add(seal);
            }
        }
        return ascending;
    }

    /** The next match, which stays the next until {@link #nextHit} moves on; null at the end. */
    private @Nullable Match peek() throws IOException {
        if (nextHit == page.hits().size() && page.mayGoOn()) {
            page = archive.page(query, BY_PLACE, PAGE, page.end(), false);
            nextHit = 0;
        }
        if (nextHit == page.hits().size()) {
            return null;
        }
        List<Object> sort = page.hits().get(nextHit).sort();
        return new Match(String.valueOf(sort.get(0)), sort.get(1) instanceof Long sequence ? sequence : 0);
    }

    private record Match(String stream, long sequence) {}
}
