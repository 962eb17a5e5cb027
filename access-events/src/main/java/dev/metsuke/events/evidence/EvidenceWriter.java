package dev.metsuke.events.evidence;

import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.seal.KeyAnnouncement;
import dev.metsuke.events.seal.KeyList;
import dev.metsuke.events.seal.KeyRevocation;
import dev.metsuke.events.seal.KeyStatement;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bundle, as {@code docs/evidence-format.md} says. What was written lies in files beside the bundle until {@link
 * #finish}; without that no bundle comes to be.
 */
public final class EvidenceWriter implements AutoCloseable {

    static final String FORMAT = "metsuke-evidence-1";
    static final String MANIFEST = "manifest.json";
    static final String EVENTS = "events.ndjson";
    static final String CSV = "events.csv";
    static final String PROOF = "proof.ndjson";
    static final String KEYS = "keys.json";
    static final String ANNOUNCEMENTS = "announcements.ndjson";
    static final String REVOCATIONS = "revocations.ndjson";
    static final String DELETIONS = "deletions.ndjson";

    /** Nothing else lies in a bundle. */
    static final Set<String> ENTRIES =
            Set.of(MANIFEST, EVENTS, CSV, PROOF, KEYS, ANNOUNCEMENTS, REVOCATIONS, DELETIONS);

    /** All of it, until it has its name. */
    private static final String WHOLE = "bundle.zip";

    private static final List<String> UNFINISHED = List.of(EVENTS, CSV, PROOF, WHOLE);

    private static final int LEAVES_A_LINE = 1_000;
    private static final long FIXED_TIME = 315_532_800_000L;

    private final Path file;
    private final Path folder;
    private final OutputStream events;
    private final OutputStream csv;
    private final OutputStream proof;
    private final MessageDigest sha256 = Sha256.digest();
    private final List<String> leaves = new ArrayList<>();
    private long listedInARow;
    private long listed;

    /**
     * A bundle that will be this file, which stays as it is until then.
     *
     * @throws IOException where it cannot be written there
     */
    public EvidenceWriter(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.folder = folderBeside(this.file);
        deleteWhenInterrupted();
        this.events = open(EVENTS);
        this.csv = open(CSV);
        this.proof = open(PROOF);
        csv.write(EventsCsv.header());
    }

    private static Path folderBeside(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " cannot be written: it is there already, and is no plain file");
        }
        Path parent = file.getParent();
        try {
            return Files.createTempDirectory(parent, "." + file.getFileName());
        } catch (NoSuchFileException e) {
            throw new IOException(file + " cannot be written: there is no folder " + parent, e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be written: permission denied to write in " + parent, e);
        } catch (FileSystemException e) {
            throw new IOException(file + " cannot be written: " + e.getReason(), e);
        }
    }

    /** Lines of personal data are left nowhere by whoever stops an export; what is named last goes first. */
    private void deleteWhenInterrupted() {
        folder.toFile().deleteOnExit();
        UNFINISHED.forEach(name -> folder.resolve(name).toFile().deleteOnExit());
    }

    private OutputStream open(String name) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)), 1 << 16);
    }

    /** What follows is of this stream, and begins behind this head. */
    public void start(String stream, ChainHead head) throws IOException {
        flush();
        prove(Map.of("start", Map.of("stream", stream, "sequence", head.sequence(), "hash", head.hash())));
    }

    /** The head that is reached is sealed. */
    public void seal(SealedMonth sealed) throws IOException {
        flush();
        Map<String, Object> step = new HashMap<>();
        try {
            step.put("seal", JsonDocument.parse(sealed.seal().toJson()).members());
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException("a seal is written as JSON", e);
        }
        if (!sealed.equals(SealedMonth.of(sealed.seal(), null))) {
            step.put("month", sealed.month().toString());
        }
        prove(step);
    }

    /** Retention deleted the lines behind the head; a start is what comes next. */
    public void deleted(Missing lines) throws IOException {
        flush();
        prove(Map.of("deleted", Map.of("first", lines.first(), "last", lines.last())));
    }

    /**
     * The line to be seen at which the start behind deleted lines stands: it follows from what is gone.
     *
     * @throws IOException where it cannot be written, or is no event
     */
    public void unproven(FoundLine line) throws IOException {
        write(line);
        prove(Map.of("unproven", 1));
    }

    /**
     * The next line, to be seen.
     *
     * @throws IOException where it cannot be written, or is no event
     */
    public void listed(FoundLine line) throws IOException {
        flushLeaves();
        write(line);
        listedInARow++;
    }

    private void write(FoundLine line) throws IOException {
        try {
            csv.write(EventsCsv.row(AccessEventJson.decode(line.json())));
        } catch (MalformedDocumentException e) {
            throw new IOException(
                    "line " + line.sequence() + " of " + line.stream() + " is no event: " + e.getMessage(), e);
        }
        events.write(line.json());
        events.write('\n');
        listed++;
    }

    /** The next line, of which only the leaf is told. */
    public void omitted(FoundLine line) throws IOException {
        flushListed();
        leaves.add(HexFormat.of().formatHex(line.leaf(sha256)));
        if (leaves.size() >= LEAVES_A_LINE) {
            flushLeaves();
        }
    }

    /** How many lines can be seen. */
    public long listed() {
        return listed;
    }

    /**
     * Puts the bundle together.
     *
     * @param about what was asked for, for people
     * @param keys the keys that the exporter believes; whoever verifies has their own
     * @param statements announcements and revocations of keys
     * @param deletions by which lines are told as deleted; none where none are
     */
    public void finish(
            Map<String, @Nullable Object> about,
            KeyList keys,
            Collection<KeyStatement> statements,
            Collection<IndexDeletion> deletions)
            throws IOException {
        flush();
        events.close();
        csv.close();
        proof.close();
        Map<String, @Nullable Object> manifest = new HashMap<>(about);
        manifest.put("format", FORMAT);
        manifest.put("events", listed);
        Path whole = folder.resolve(WHOLE);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(whole)))) {
            entry(zip, MANIFEST);
            zip.write(CanonicalJson.bytes(manifest));
            for (String name : List.of(EVENTS, CSV, PROOF)) {
                entry(zip, name);
                Files.copy(folder.resolve(name), zip);
            }
            entry(zip, KEYS);
            zip.write(keys.toJson());
            entry(zip, ANNOUNCEMENTS);
            lines(zip, ofKind(statements, KeyAnnouncement.class));
            entry(zip, REVOCATIONS);
            lines(zip, ofKind(statements, KeyRevocation.class));
            if (!deletions.isEmpty()) {
                entry(zip, DELETIONS);
                lines(zip, deletions.stream().map(IndexDeletion::toJson));
            }
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Stream<byte[]> ofKind(Collection<KeyStatement> statements, Class<? extends KeyStatement> kind) {
        return statements.stream().filter(kind::isInstance).map(KeyStatement::toJson);
    }

    private static void lines(ZipOutputStream zip, Stream<byte[]> lines) throws IOException {
        for (byte[] line : lines.toList()) {
            zip.write(line);
            zip.write('\n');
        }
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(FIXED_TIME);
        zip.putNextEntry(entry);
    }

    private void flush() throws IOException {
        flushListed();
        flushLeaves();
    }

    private void flushListed() throws IOException {
        if (listedInARow > 0) {
            prove(Map.of("listed", listedInARow));
            listedInARow = 0;
        }
    }

    private void flushLeaves() throws IOException {
        if (!leaves.isEmpty()) {
            prove(Map.of("omitted", List.copyOf(leaves)));
            leaves.clear();
        }
    }

    private void prove(Map<String, ?> line) throws IOException {
        proof.write(CanonicalJson.bytes(line));
        proof.write('\n');
    }

    @Override
    public void close() throws IOException {
        events.close();
        csv.close();
        proof.close();
        for (String name : UNFINISHED) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
