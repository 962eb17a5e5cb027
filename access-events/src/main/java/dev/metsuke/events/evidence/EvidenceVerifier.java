package dev.metsuke.events.evidence;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.DeletedMonths;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.KeyTrail;
import dev.metsuke.events.proof.KeyTrail.FoundStatement;
import dev.metsuke.events.proof.StreamVerdict;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Verifies a bundle with public keys alone, line by line and in little memory. */
public final class EvidenceVerifier implements AutoCloseable {

    /** So long are the numbers of lines that events can claim. */
    private static final long LAST_LINE = 999_999_999_999_999_999L;

    /** With other times one cannot reckon. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final Set<String> KINDS = Set.of("start", "listed", "omitted", "seal", "deleted", "unproven");

    private final EvidenceManifest manifest;
    private final KeyRing ring;
    private final List<KeyStatement> statements;
    private final BundleLines events;
    private final InputStream csv;
    private final DeletedMonths months;
    private final Map<String, BundledStream> streams = new LinkedHashMap<>();
    private final UnprovenEvents unproven = new UnprovenEvents();
    private final Set<String> doubts = new TreeSet<>();
    private final Map<UnknownSigner, UnknownSeals> unknown = new LinkedHashMap<>();
    private @Nullable ChainVerifier chain;
    private @Nullable BundledStream part;
    /** The last line that is told as deleted, where nothing came since; and then the start behind it. */
    private @Nullable Long deletedUpTo;

    private @Nullable ChainHead behindDeleted;
    private long eventNumber;

    private EvidenceVerifier(BundleFile bundle, KeyRing given, IntSupplier years, Instant now)
            throws IOException, MalformedDocumentException {
        this.manifest = EvidenceManifest.read(bundle.manifest());
        List<KeyStatement> statements = new ArrayList<>(statements(bundle, EvidenceWriter.ANNOUNCEMENTS));
        // Bundles of before revocations were records have none.
        if (bundle.has(EvidenceWriter.REVOCATIONS)) {
            statements.addAll(statements(bundle, EvidenceWriter.REVOCATIONS));
        }
        this.statements = List.copyOf(statements);
        this.ring = given.with(statements);
        this.months = bundle.has(EvidenceWriter.DELETIONS)
                ? DeletedMonths.of(deletions(bundle), years.getAsInt(), now)
                : new DeletedMonths(List.of(), List.of());
        this.events = bundle.lines(EvidenceWriter.EVENTS);
        this.csv = bundle.open(EvidenceWriter.CSV);
    }

    /**
     * Verifies a bundle.
     *
     * @param given the keys that the verifier has by ways of their own; those in the bundle count for nothing
     * @param years for how many years access events must be kept at least; asked only where some were deleted
     * @throws IOException where the file cannot be read as a bundle
     */
    public static EvidenceVerdict verify(Path file, KeyRing given, IntSupplier years, Instant now) throws IOException {
        try (BundleFile bundle = BundleFile.open(file)) {
            bundle.refuseAmbiguity();
            try (EvidenceVerifier verifier = new EvidenceVerifier(bundle, given, years, now)) {
                return verifier.verify(bundle);
            }
        } catch (NotGenuine e) {
            return EvidenceVerdict.forged(String.valueOf(e.getMessage()));
        } catch (MalformedDocumentException e) {
            throw new IOException(file + " is no bundle: " + e.getMessage(), e);
        }
    }

    private EvidenceVerdict verify(BundleFile bundle) throws IOException, MalformedDocumentException {
        try (BundleLines proof = bundle.lines(EvidenceWriter.PROOF)) {
            judgeStatements();
            expectCsv(EventsCsv.header(), "its header");
            for (byte[] line = proof.next(); line != null; line = proof.next()) {
                read(proof, line);
            }
            endOfPart();
            expectRecordsOfAllDeleted();
            if (events.next() != null) {
                throw new NotGenuine(
                        EvidenceWriter.EVENTS + " has more events than " + EvidenceWriter.PROOF + " proves");
            }
            if (csv.read() >= 0) {
                throw new NotGenuine(EvidenceWriter.CSV + " has more rows than " + EvidenceWriter.EVENTS);
            }
            if (manifest.events() != null && manifest.events() != eventNumber) {
                throw new NotGenuine(EvidenceWriter.MANIFEST + " tells of " + manifest.events() + " events, and "
                        + EvidenceWriter.EVENTS + " has " + eventNumber);
            }
        } catch (NotGenuine e) {
            return verdict(String.valueOf(e.getMessage()));
        }
        return verdict(null);
    }

    private EvidenceVerdict verdict(@Nullable String forgery) {
        List<String> told = new ArrayList<>(doubts);
        unknown.values().forEach(seals -> told.add(seals.describe()));
        return new EvidenceVerdict(manifest, summary(), unproven.all(), told, forgery);
    }

    private void read(BundleLines proof, byte[] line) throws IOException, MalformedDocumentException, NotGenuine {
        try {
            step(JsonDocument.parse(line));
        } catch (MalformedDocumentException e) {
            throw proof.malformed(e);
        }
    }

    private void step(JsonDocument step) throws IOException, MalformedDocumentException, NotGenuine {
        Map<String, @Nullable Object> members = step.members();
        if (KINDS.stream().filter(members::containsKey).count() != 1) {
            throw new MalformedDocumentException("it is not of one kind that is known");
        }
        if (members.containsKey("start")) {
            endOfPart();
            start(step.requiredText("start.stream"), head(step));
            return;
        }
        if (members.containsKey("unproven")) {
            unproven();
            return;
        }
        behindDeleted = null;
        ChainVerifier here = chain;
        if (here == null) {
            throw new MalformedDocumentException("a start must stand before it");
        }
        if (members.containsKey("listed")) {
            for (long rest = lineNumber(step, "listed", 1); rest > 0; rest--) {
                listed(here);
            }
        } else if (members.containsKey("omitted")) {
            for (String leaf : step.texts("omitted")) {
                here.omitted(leaf(leaf));
            }
        } else if (members.containsKey("seal")) {
            sealed(here, SealedMonth.of(seal(step), month(step)));
        } else {
            deleted(here, lineNumber(step, "deleted.first", 1), lineNumber(step, "deleted.last", 1));
        }
    }

    private static ChainHead head(JsonDocument step) throws MalformedDocumentException {
        try {
            return new ChainHead(lineNumber(step, "start.sequence", 0), step.requiredText("start.hash"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("a start that is none: " + e.getMessage(), e);
        }
    }

    private static long lineNumber(JsonDocument step, String path, long least) throws MalformedDocumentException {
        long number = step.requiredInteger(path);
        if (number < least || number > LAST_LINE) {
            throw new MalformedDocumentException(path + " is " + number + ", not from " + least + " to " + LAST_LINE);
        }
        return number;
    }

    private void start(String stream, ChainHead head) throws NotGenuine {
        BundledStream next = streams.computeIfAbsent(stream, BundledStream::new);
        Long deleted = deletedUpTo;
        behindDeleted = null;
        if (deleted != null && next.equals(part) && head.sequence() == deleted + 1) {
            next.followsFromDeleted(head.sequence());
            behindDeleted = head;
        }
        deletedUpTo = null;
        chain = new ChainVerifier(stream, head, null, List.of());
        part = next;
        if (!next.start(head.sequence())) {
            throw new NotGenuine(EvidenceWriter.PROOF + " goes back behind line " + head.sequence() + " of "
                    + ShownName.of(stream)
                    + ", and tells of lines twice");
        }
    }

    private void deleted(ChainVerifier here, long first, long last) throws NotGenuine {
        endOfPart();
        if (here.head().sequence() + 1 != first || last < first) {
            throw new NotGenuine("lines " + first + " to " + last + " of "
                    + ShownName.of(current().name())
                    + " are told as deleted, which is not behind line "
                    + here.head().sequence());
        }
        current().delete(new Missing(first, last, null, null));
        deletedUpTo = last;
    }

    /** The line at the start itself, where only what was deleted leads to it. */
    private void unproven() throws IOException, MalformedDocumentException, NotGenuine {
        ChainHead head = behindDeleted;
        if (head == null) {
            throw new MalformedDocumentException("an unproven line must stand behind deleted ones");
        }
        FoundLine found = event();
        if (!head.equals(found.head())) {
            throw new NotGenuine(
                    "event " + eventNumber + " of the bundle is not the line behind those that were deleted");
        }
        list(found);
        current().orphan();
        unproven.cut();
        behindDeleted = null;
    }

    private void listed(ChainVerifier here) throws IOException, MalformedDocumentException, NotGenuine {
        FoundLine found = event();
        here.next(found);
        refuseFinding(here);
        list(found);
    }

    private FoundLine event() throws IOException, MalformedDocumentException, NotGenuine {
        byte @Nullable [] json = events.next();
        eventNumber++;
        if (json == null) {
            throw new NotGenuine(EvidenceWriter.EVENTS + " ends before event " + eventNumber + ", which "
                    + EvidenceWriter.PROOF + " tells of: it is missing");
        }
        long number = eventNumber;
        FoundLine found = FoundLine.of(json, () -> "event " + number + " of the bundle");
        if (found == null || !found.stream().equals(current().name())) {
            throw new NotGenuine("changed: event " + eventNumber + " of the bundle has no place in the stream "
                    + ShownName.of(current().name()));
        }
        return found;
    }

    private void list(FoundLine found) throws IOException, NotGenuine {
        try {
            expectRow(found);
        } catch (MalformedDocumentException e) {
            throw new NotGenuine("event " + eventNumber + " of the bundle is no event: " + e.getMessage());
        }
        current().list(found.sequence());
        unproven.listed(found.stream(), eventNumber, found.sequence());
    }

    private void sealed(ChainVerifier here, SealedMonth sealed) throws NotGenuine {
        Seal seal = sealed.seal();
        refuseFinding(here);
        if (!here.isAt(seal)) {
            throw new NotGenuine("the lines up to line " + here.head().sequence() + " of "
                    + ShownName.of(current().name()) + " do not lead to " + seal
                    + ": one of them was changed, added or taken out");
        }
        switch (ring.judge(seal)) {
            case Judgement.Believed() -> {
                tell(current(), current().seal(sealed, months));
                expectRevocations(seal);
                unproven.sealed(seal.stream(), seal.head().sequence());
            }
            case Judgement.Revoked(String because) -> doubts.add(seal + " is not trustworthy: " + because);
            case Judgement.Refused(String because) -> throw new NotGenuine(seal + " is not genuine: " + because);
            case Judgement.Unknown(String because) ->
                unknown.merge(
                        new UnknownSigner(seal.stream(), seal.keyId()),
                        new UnknownSeals(seal, because, 0),
                        (known, _) -> known.andAnother());
        }
    }

    private void judgeStatements() throws NotGenuine {
        List<FoundStatement> found = statements.stream()
                .map(statement -> new FoundStatement(statement, null))
                .toList();
        for (Finding finding : KeyTrail.of(found, ring).findings()) {
            if (finding.isProof()) {
                throw new NotGenuine(finding.describe());
            }
            doubts.add(finding.describe());
        }
    }

    private void expectRevocations(Seal seal) throws NotGenuine {
        for (String id : seal.revocations()) {
            if (statements.stream().noneMatch(statement -> statement.id().equals(id))) {
                throw new NotGenuine("the revocation " + id + " of a key is missing, of which " + seal + " tells");
            }
        }
    }

    private void endOfPart() throws NotGenuine {
        if (chain != null) {
            refuseFinding(chain);
            current().reach(chain.head().sequence());
            chain = null;
            unproven.cut();
        }
    }

    private void expectRecordsOfAllDeleted() throws NotGenuine {
        for (BundledStream stream : streams.values()) {
            tell(stream, stream.end(months));
        }
        long gone = summary().stream()
                .flatMap(lines -> lines.deleted().stream())
                .mapToLong(deleted -> deleted.lines().count())
                .sum();
        if (gone > months.documents()) {
            throw new NotGenuine(new Finding.MoreMissing(gone, months.documents()).describe());
        }
    }

    private void tell(BundledStream stream, List<Finding> findings) throws NotGenuine {
        for (Finding finding : findings) {
            String told = ShownName.of(stream.name()) + ": " + finding.describe();
            if (finding.isProof()) {
                throw new NotGenuine(
                        Stream.concat(Stream.of(told), months.tooSoon().stream().map(Finding::describe))
                                .collect(Collectors.joining("; ")));
            }
            doubts.add(told);
        }
    }

    private static void refuseFinding(ChainVerifier here) throws NotGenuine {
        if (here.isDone() || here.hasDoubt()) {
            StreamVerdict verdict = here.end();
            Finding finding = verdict.finding();
            if (finding != null) {
                throw new NotGenuine(ShownName.of(verdict.stream()) + ": "
                        + (finding instanceof Finding.Changed changed
                                ? changed.describe("what " + EvidenceWriter.PROOF + " claims before it")
                                : finding.describe()));
            }
        }
    }

    private BundledStream current() {
        BundledStream here = part;
        if (here == null) {
            throw new IllegalStateException("no part has begun");
        }
        return here;
    }

    private List<EvidenceVerdict.Lines> summary() {
        return streams.values().stream().map(BundledStream::summary).toList();
    }

    /** Earlier versions wrote datasets as the event names them, however long or blank. */
    private void expectRow(FoundLine found) throws IOException, MalformedDocumentException, NotGenuine {
        AccessEvent event = AccessEventJson.decode(found.json());
        byte[] row = EventsCsv.row(event);
        csv.mark(row.length);
        if (!Arrays.equals(csv.readNBytes(row.length), row)) {
            csv.reset();
            String dataset = JsonDocument.parse(found.json()).text("metsuke.dataset");
            expectCsv(EventsCsv.row(event.toBuilder().dataset(dataset).build()), "row " + eventNumber);
        }
    }

    private void expectCsv(byte[] row, String name) throws IOException, NotGenuine {
        if (!Arrays.equals(csv.readNBytes(row.length), row)) {
            throw new NotGenuine(
                    EvidenceWriter.CSV + ": " + name + " does not say what " + EvidenceWriter.EVENTS + " says");
        }
    }

    private static byte[] leaf(String hex) throws MalformedDocumentException {
        try {
            byte[] leaf = HexFormat.of().parseHex(hex);
            if (leaf.length == 32) {
                return leaf;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("a leaf is not hexadecimal: " + hex, e);
        }
        throw new MalformedDocumentException("a leaf is no SHA-256: " + hex);
    }

    private static Seal seal(JsonDocument step) throws MalformedDocumentException {
        JsonDocument document = step.object("seal");
        if (document == null) {
            throw new MalformedDocumentException("no seal");
        }
        Seal seal = Seal.from(document);
        if (seal.signedAt().isBefore(EARLIEST) || !seal.signedAt().isBefore(LATEST)) {
            throw new MalformedDocumentException("metsuke.seal.signed_at is " + seal.signedAt());
        }
        return seal;
    }

    private static @Nullable YearMonth month(JsonDocument step) throws MalformedDocumentException {
        String month = step.text("month");
        if (month == null) {
            return null;
        }
        try {
            YearMonth parsed = YearMonth.parse(month);
            if (parsed.isBefore(YearMonth.from(EARLIEST.atOffset(ZoneOffset.UTC)))
                    || !parsed.isBefore(YearMonth.from(LATEST.atOffset(ZoneOffset.UTC)))) {
                throw new MalformedDocumentException("the month of a seal is " + month);
            }
            return parsed;
        } catch (DateTimeParseException e) {
            throw new MalformedDocumentException("the month of a seal is none: " + month, e);
        }
    }

    private static List<KeyStatement> statements(BundleFile bundle, String name)
            throws IOException, MalformedDocumentException {
        return records(bundle, name, SealRecord::fromJson).stream()
                .filter(KeyStatement.class::isInstance)
                .map(KeyStatement.class::cast)
                .toList();
    }

    private static List<IndexDeletion> deletions(BundleFile bundle) throws IOException, MalformedDocumentException {
        return records(bundle, EvidenceWriter.DELETIONS, line -> IndexDeletion.fromJson(JsonDocument.parse(line)));
    }

    private static <T> List<T> records(BundleFile bundle, String name, Reader<T> reader)
            throws IOException, MalformedDocumentException {
        List<T> records = new ArrayList<>();
        try (BundleLines lines = bundle.lines(name)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                try {
                    records.add(reader.read(line));
                } catch (MalformedDocumentException e) {
                    throw lines.malformed(e);
                }
            }
        }
        return records;
    }

    private interface Reader<T> {
        T read(byte[] line) throws MalformedDocumentException;
    }

    @Override
    public void close() throws IOException {
        events.close();
        csv.close();
    }

    private record UnknownSigner(String stream, String keyId) {}

    /**
     * A stream's seals by a key that is not known; there may be a million.
     *
     * @param first the first of them
     * @param because why it cannot be judged
     * @param more how many others
     */
    private record UnknownSeals(Seal first, String because, long more) {

        UnknownSeals andAnother() {
            return new UnknownSeals(first, because, more + 1);
        }

        String describe() {
            return first + " cannot be judged"
                    + (more == 0 ? "" : ", nor can " + more + " later ones of its stream and key") + ": " + because;
        }
    }
}
