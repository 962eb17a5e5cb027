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
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.KeyRing.Judgement;
import dev.metsuke.events.seal.Seal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges whether what a bundle says holds, with public keys alone, line by line and in little memory. */
public final class EvidenceVerifier {

    private final BundleContents bundle;
    private final KeyRing ring;
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

    private EvidenceVerifier(BundleContents bundle, KeyRing given, IntSupplier years, Instant now) {
        this.bundle = bundle;
        this.ring = given.with(bundle.statements());
        this.months = bundle.deletions()
                .map(deletions -> DeletedMonths.of(deletions, years.getAsInt(), now))
                .orElseGet(() -> new DeletedMonths(List.of(), List.of()));
    }

    /**
     * Verifies a bundle.
     *
     * @param given the keys that the verifier has by ways of their own; those in the bundle count for nothing
     * @param years for how many years access events must be kept at least; asked only where some were deleted
     * @throws IOException where the file cannot be read as a bundle
     */
    public static EvidenceVerdict verify(Path file, KeyRing given, IntSupplier years, Instant now) throws IOException {
        try (BundleFile zip = BundleFile.open(file)) {
            zip.refuseAmbiguity();
            try (BundleContents bundle = new BundleContents(zip)) {
                return new EvidenceVerifier(bundle, given, years, now).verify();
            }
        } catch (NotGenuine e) {
            return EvidenceVerdict.forged(String.valueOf(e.getMessage()));
        } catch (MalformedDocumentException e) {
            throw new IOException(file + " is no bundle: " + e.getMessage(), e);
        }
    }

    private EvidenceVerdict verify() throws IOException, MalformedDocumentException {
        ProofLines proof = bundle.proof();
        try {
            judgeStatements();
            expectRow(EventsCsv.header(), "its header");
            for (ProofStep step = proof.next(); step != null; step = proof.next()) {
                follow(step);
            }
            endOfPart();
            expectRecordsOfAllDeleted();
            expectNothingMore();
        } catch (NotGenuine e) {
            return verdict(String.valueOf(e.getMessage()));
        }
        return verdict(null);
    }

    private EvidenceVerdict verdict(@Nullable String forgery) {
        List<String> told = new ArrayList<>(doubts);
        unknown.values().forEach(seals -> told.add(seals.describe()));
        return new EvidenceVerdict(bundle.manifest(), summary(), unproven.all(), told, forgery);
    }

    private void follow(ProofStep step) throws IOException, MalformedDocumentException, NotGenuine {
        if (!(step instanceof ProofStep.Unproven)) {
            behindDeleted = null;
        }
        switch (step) {
            case ProofStep.Start(String stream, ChainHead head) -> start(stream, head);
            case ProofStep.Listed(long lines) -> listed(chain(), lines);
            case ProofStep.Omitted(List<byte[]> leaves) -> leaves.forEach(chain()::omitted);
            case ProofStep.Sealed(SealedMonth seal) -> sealed(chain(), seal);
            case ProofStep.Deleted(long first, long last) -> deleted(chain(), first, last);
            case ProofStep.Unproven() -> unproven();
        }
    }

    private ChainVerifier chain() throws MalformedDocumentException {
        ChainVerifier here = chain;
        if (here == null) {
            throw bundle.proof().malformed("a start must stand before it");
        }
        return here;
    }

    private void start(String stream, ChainHead head) throws NotGenuine {
        endOfPart();
        BundledStream next = streams.computeIfAbsent(stream, BundledStream::new);
        Long deleted = deletedUpTo;
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
            throw bundle.proof().malformed("an unproven line must stand behind deleted ones");
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

    private void listed(ChainVerifier here, long lines) throws IOException, MalformedDocumentException, NotGenuine {
        for (long rest = lines; rest > 0; rest--) {
            FoundLine found = event();
            here.next(found);
            refuseFinding(here);
            list(found);
        }
    }

    private FoundLine event() throws IOException, MalformedDocumentException, NotGenuine {
        byte @Nullable [] json = bundle.nextEvent();
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
            expectRowOf(found);
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
        List<FoundStatement> found = bundle.statements().stream()
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
            if (bundle.statements().stream()
                    .noneMatch(statement -> statement.id().equals(id))) {
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

    private void expectNothingMore() throws IOException, MalformedDocumentException, NotGenuine {
        if (bundle.nextEvent() != null) {
            throw new NotGenuine(EvidenceWriter.EVENTS + " has more events than " + EvidenceWriter.PROOF + " proves");
        }
        if (bundle.hasMoreRows()) {
            throw new NotGenuine(EvidenceWriter.CSV + " has more rows than " + EvidenceWriter.EVENTS);
        }
        Long told = bundle.manifest().events();
        if (told != null && told != eventNumber) {
            throw new NotGenuine(EvidenceWriter.MANIFEST + " tells of " + told + " events, and " + EvidenceWriter.EVENTS
                    + " has " + eventNumber);
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
    private void expectRowOf(FoundLine found) throws IOException, MalformedDocumentException, NotGenuine {
        AccessEvent event = AccessEventJson.decode(found.json());
        if (!bundle.hasRow(EventsCsv.row(event))) {
            String dataset = JsonDocument.parse(found.json()).text("metsuke.dataset");
            expectRow(EventsCsv.row(event.toBuilder().dataset(dataset).build()), "row " + eventNumber);
        }
    }

    private void expectRow(byte[] row, String name) throws IOException, NotGenuine {
        if (!bundle.hasRow(row)) {
            throw new NotGenuine(
                    EvidenceWriter.CSV + ": " + name + " does not say what " + EvidenceWriter.EVENTS + " says");
        }
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
