package dev.metsuke.events.evidence;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.SealRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a bundle says, and believes none of it. Proof, events and rows are read line by line, from the first to the last, and the
 * rest as a whole.
 */
final class BundleContents implements AutoCloseable {

    private final EvidenceManifest manifest;
    private final List<KeyStatement> statements;
    private final Optional<List<IndexDeletion>> deletions;
    private final BundleLines events;
    private final InputStream csv;
    private final ProofLines proof;

    /** Those of an open bundle. */
    BundleContents(BundleFile bundle) throws IOException, MalformedDocumentException {
        manifest = EvidenceManifest.read(bundle.manifest());
        statements = readStatements(bundle);
        deletions = readDeletions(bundle);
        events = bundle.lines(EvidenceWriter.EVENTS);
        csv = bundle.open(EvidenceWriter.CSV);
        proof = new ProofLines(bundle.lines(EvidenceWriter.PROOF));
    }

    EvidenceManifest manifest() {
        return manifest;
    }

    /** Of keys: announcements, and behind them revocations. */
    List<KeyStatement> statements() {
        return statements;
    }

    /** By which lines are told as deleted; absent where nothing says that any are. */
    Optional<List<IndexDeletion>> deletions() {
        return deletions;
    }

    ProofLines proof() {
        return proof;
    }

    /** The next event's bytes; null where there is no more. */
    byte @Nullable [] nextEvent() throws IOException, MalformedDocumentException {
        return events.next();
    }

    /** Whether these bytes come next in the CSV. They are passed over then; else the next question is about the same place. */
    boolean hasRow(byte[] row) throws IOException {
        csv.mark(row.length);
        if (Arrays.equals(csv.readNBytes(row.length), row)) {
            return true;
        }
        csv.reset();
        return false;
    }

    /** Whether the CSV goes on. */
    boolean hasMoreRows() throws IOException {
        return csv.read() >= 0;
    }

    private static List<KeyStatement> readStatements(BundleFile bundle) throws IOException, MalformedDocumentException {
        List<SealRecord> records = new ArrayList<>(records(bundle, EvidenceWriter.ANNOUNCEMENTS, SealRecord::fromJson));
        // Bundles of before revocations were records have none.
        if (bundle.has(EvidenceWriter.REVOCATIONS)) {
            records.addAll(records(bundle, EvidenceWriter.REVOCATIONS, SealRecord::fromJson));
        }
        return records.stream()
                .filter(KeyStatement.class::isInstance)
                .map(KeyStatement.class::cast)
                .toList();
    }

    private static Optional<List<IndexDeletion>> readDeletions(BundleFile bundle)
            throws IOException, MalformedDocumentException {
        return bundle.has(EvidenceWriter.DELETIONS)
                ? Optional.of(records(
                        bundle, EvidenceWriter.DELETIONS, line -> IndexDeletion.fromJson(JsonDocument.parse(line))))
                : Optional.empty();
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
        proof.close();
        events.close();
        csv.close();
    }
}
