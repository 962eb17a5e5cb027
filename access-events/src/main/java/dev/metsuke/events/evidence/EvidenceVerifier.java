package dev.metsuke.events.evidence;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.CanonicalJson;
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
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Verifies a bundle with public keys alone, in one pass and in little memory. */
public final class EvidenceVerifier implements AutoCloseable {

    private final KeyRing ring;
    private final List<KeyStatement> statements;
    private final InputStream events;
    private final InputStream csv;
    private final DeletedMonths months;
    private final Map<String, BundledStream> streams = new LinkedHashMap<>();
    private final Set<String> doubts = new TreeSet<>();
    private @Nullable ChainVerifier chain;
    private @Nullable BundledStream part;
    /** The last line that is told as deleted, where nothing came since; and then the start behind it. */
    private @Nullable Long deletedUpTo;

    private @Nullable ChainHead behindDeleted;
    private long eventNumber;

    private EvidenceVerifier(ZipFile zip, KeyRing given, IntSupplier years, Instant now) throws IOException {
        List<KeyStatement> statements = new ArrayList<>(statements(zip, EvidenceWriter.ANNOUNCEMENTS));
        // Bundles of before revocations were records have none.
        if (zip.getEntry(EvidenceWriter.REVOCATIONS) != null) {
            statements.addAll(statements(zip, EvidenceWriter.REVOCATIONS));
        }
        this.statements = List.copyOf(statements);
        this.ring = given.with(statements);
        this.months = zip.getEntry(EvidenceWriter.DELETIONS) == null
                ? new DeletedMonths(List.of(), List.of())
                : DeletedMonths.of(deletions(zip), years.getAsInt(), now);
        this.events = open(zip, EvidenceWriter.EVENTS);
        this.csv = open(zip, EvidenceWriter.CSV);
    }

    /**
     * Verifies a bundle.
     *
     * @param given the keys that the verifier has by ways of their own; those in the bundle count for nothing
     * @param years for how many years access events must be kept at least; asked only where some were deleted
     * @throws IOException where the file cannot be read as a bundle
     */
    public static EvidenceVerdict verify(Path file, KeyRing given, IntSupplier years, Instant now) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                EvidenceVerifier verifier = new EvidenceVerifier(zip, given, years, now)) {
            return verifier.verify(zip);
        } catch (MalformedDocumentException e) {
            throw new IOException(file + " is no bundle: " + e.getMessage(), e);
        }
    }

    private EvidenceVerdict verify(ZipFile zip) throws IOException, MalformedDocumentException {
        String format;
        try (InputStream manifest = open(zip, EvidenceWriter.MANIFEST)) {
            format = JsonDocument.parse(manifest.readAllBytes()).requiredText("format");
        }
        if (!format.equals(EvidenceWriter.FORMAT)) {
            throw new MalformedDocumentException("its format is " + format + ", not " + EvidenceWriter.FORMAT);
        }
        try (InputStream proof = open(zip, EvidenceWriter.PROOF)) {
            refuseOtherEntries(zip);
            judgeStatements();
            expectCsv(EventsCsv.header(), "its header");
            for (byte[] line = line(proof); line != null; line = line(proof)) {
                step(JsonDocument.parse(line));
            }
            endOfPart();
            expectRecordsOfAllDeleted();
            if (line(events) != null) {
                throw new NotGenuine(
                        EvidenceWriter.EVENTS + " has more events than " + EvidenceWriter.PROOF + " proves");
            }
            if (csv.read() >= 0) {
                throw new NotGenuine(EvidenceWriter.CSV + " has more rows than " + EvidenceWriter.EVENTS);
            }
        } catch (NotGenuine e) {
            return new EvidenceVerdict(summary(), List.copyOf(doubts), String.valueOf(e.getMessage()));
        }
        return new EvidenceVerdict(summary(), List.copyOf(doubts), null);
    }

    private void step(JsonDocument step) throws IOException, MalformedDocumentException, NotGenuine {
        Map<String, @Nullable Object> members = step.members();
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
            throw new MalformedDocumentException(EvidenceWriter.PROOF + " does not begin with a start");
        }
        if (members.containsKey("listed")) {
            for (long rest = step.requiredInteger("listed"); rest > 0; rest--) {
                listed(here);
            }
        } else if (members.containsKey("omitted")) {
            for (String leaf : step.texts("omitted")) {
                here.omitted(leaf(leaf));
            }
        } else if (members.get("seal") instanceof Map<?, ?> seal) {
            sealed(here, SealedMonth.of(seal(seal), month(step)));
        } else if (members.containsKey("deleted")) {
            deleted(here, step.requiredInteger("deleted.first"), step.requiredInteger("deleted.last"));
        } else {
            throw new MalformedDocumentException(EvidenceWriter.PROOF + " has a line of an unknown kind");
        }
    }

    private static ChainHead head(JsonDocument step) throws MalformedDocumentException {
        try {
            return new ChainHead(step.requiredInteger("start.sequence"), step.requiredText("start.hash"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(EvidenceWriter.PROOF + " has a start that is none: " + e.getMessage());
        }
    }

    /** Of two entries of one name, each reader may see another; what is not proven must not lie beside what is. */
    private static void refuseOtherEntries(ZipFile zip) throws NotGenuine {
        Set<String> seen = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!EvidenceWriter.ENTRIES.contains(entry.getName())) {
                throw new NotGenuine("the bundle holds " + entry.getName() + ", of which nothing is proven");
            }
            if (!seen.add(entry.getName())) {
                throw new NotGenuine("the bundle holds " + entry.getName() + " twice");
            }
        }
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
            throw new NotGenuine(EvidenceWriter.PROOF + " goes back behind line " + head.sequence() + " of " + stream
                    + ", and tells of lines twice");
        }
    }

    private void deleted(ChainVerifier here, long first, long last) throws NotGenuine {
        endOfPart();
        if (here.head().sequence() + 1 != first || last < first) {
            throw new NotGenuine(
                    "lines " + first + " to " + last + " of " + current().name()
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
            throw new MalformedDocumentException(
                    EvidenceWriter.PROOF + " has an unproven line that does not stand behind deleted ones");
        }
        FoundLine found = event();
        if (!head.equals(found.head())) {
            throw new NotGenuine(
                    "event " + eventNumber + " of the bundle is not the line behind those that were deleted");
        }
        list(found);
        current().orphan();
        behindDeleted = null;
    }

    private void listed(ChainVerifier here) throws IOException, NotGenuine {
        FoundLine found = event();
        here.next(found);
        refuseFinding(here);
        list(found);
    }

    private FoundLine event() throws IOException, NotGenuine {
        byte @Nullable [] json = line(events);
        eventNumber++;
        if (json == null) {
            throw new NotGenuine(EvidenceWriter.EVENTS + " ends before event " + eventNumber + ", which "
                    + EvidenceWriter.PROOF + " tells of: it is missing");
        }
        long number = eventNumber;
        FoundLine found = FoundLine.of(json, () -> "event " + number + " of the bundle");
        if (found == null || !found.stream().equals(current().name())) {
            throw new NotGenuine("changed: event " + eventNumber + " of the bundle has no place in the stream "
                    + current().name());
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
    }

    private void sealed(ChainVerifier here, SealedMonth sealed) throws NotGenuine {
        Seal seal = sealed.seal();
        refuseFinding(here);
        if (!here.isAt(seal)) {
            throw new NotGenuine("the lines up to line " + here.head().sequence() + " of "
                    + current().name() + " do not lead to " + seal + ": one of them was changed, added or taken out");
        }
        switch (ring.judge(seal)) {
            case Judgement.Believed() -> {
                tell(current(), current().seal(sealed, months));
                expectRevocations(seal);
            }
            case Judgement.Revoked(String because) -> doubts.add(seal + " is not trustworthy: " + because);
            case Judgement.Refused(String because) -> throw new NotGenuine(seal + " is not genuine: " + because);
            case Judgement.Unknown(String because) -> doubts.add("seals cannot be judged: " + because);
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
            String told = stream.name() + ": " + finding.describe();
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
                throw new NotGenuine(verdict.stream() + ": " + finding.describe());
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

    private static Seal seal(Map<?, ?> members) throws MalformedDocumentException {
        Map<String, Object> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return Seal.fromJson(CanonicalJson.bytes(named));
    }

    private static @Nullable YearMonth month(JsonDocument step) throws MalformedDocumentException {
        String month = step.text("month");
        try {
            return month == null ? null : YearMonth.parse(month);
        } catch (DateTimeParseException e) {
            throw new MalformedDocumentException("the month of a seal is none: " + month, e);
        }
    }

    private static List<KeyStatement> statements(ZipFile zip, String name) throws IOException {
        return records(zip, name, SealRecord::fromJson).stream()
                .filter(KeyStatement.class::isInstance)
                .map(KeyStatement.class::cast)
                .toList();
    }

    private static List<IndexDeletion> deletions(ZipFile zip) throws IOException {
        return records(zip, EvidenceWriter.DELETIONS, line -> IndexDeletion.fromJson(JsonDocument.parse(line)));
    }

    private static <T> List<T> records(ZipFile zip, String name, Reader<T> reader) throws IOException {
        List<T> records = new ArrayList<>();
        try (InputStream in = open(zip, name)) {
            for (byte[] line = line(in); line != null; line = line(in)) {
                records.add(reader.read(line));
            }
        } catch (MalformedDocumentException e) {
            throw new IOException(name + " cannot be read: " + e.getMessage(), e);
        }
        return records;
    }

    private interface Reader<T> {
        T read(byte[] line) throws MalformedDocumentException;
    }

    private static InputStream open(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(zip.getName() + " is no bundle: it has no " + name);
        }
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }

    /** Without its end; null where nothing more comes. An empty line is a line: readers of events may step over it. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1_024);
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        events.close();
        csv.close();
    }

    /** The bundle was tampered with; what it says is the message. */
    private static final class NotGenuine extends Exception {
        private static final long serialVersionUID = 1L;

        NotGenuine(String message) {
            super(message);
        }
    }
}
