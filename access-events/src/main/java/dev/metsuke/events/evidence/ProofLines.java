package dev.metsuke.events.evidence;

import dev.metsuke.events.evidence.ProofStep.Deleted;
import dev.metsuke.events.evidence.ProofStep.Listed;
import dev.metsuke.events.evidence.ProofStep.Omitted;
import dev.metsuke.events.evidence.ProofStep.Sealed;
import dev.metsuke.events.evidence.ProofStep.Start;
import dev.metsuke.events.evidence.ProofStep.Unproven;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.seal.Seal;
import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a bundle's proof, step by step. That a step fits those before it is for others to judge. */
final class ProofLines implements AutoCloseable {

    /** So long are the numbers of lines that events can claim. */
    private static final long LAST_LINE = 999_999_999_999_999_999L;

    /** With other times one cannot reckon. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final Set<String> KINDS = Set.of("start", "listed", "omitted", "seal", "deleted", "unproven");

    private final BundleLines lines;

    ProofLines(BundleLines lines) {
        this.lines = lines;
    }

    /** Null where nothing more comes. */
    @Nullable
    ProofStep next() throws IOException, MalformedDocumentException {
        byte[] line = lines.next();
        if (line == null) {
            return null;
        }
        try {
            return step(JsonDocument.parse(line));
        } catch (MalformedDocumentException e) {
            throw lines.malformed(e);
        }
    }

    /** What is wrong with the step that was read last, beside those before it. */
    MalformedDocumentException malformed(String because) {
        return lines.malformed(because);
    }

    private static ProofStep step(JsonDocument line) throws MalformedDocumentException {
        List<String> kinds = KINDS.stream().filter(line.members()::containsKey).toList();
        if (kinds.size() != 1) {
            throw new MalformedDocumentException("it is not of one kind that is known");
        }
        return switch (kinds.getFirst()) {
            case "start" -> new Start(line.requiredText("start.stream"), head(line));
            case "listed" -> new Listed(lineNumber(line, "listed", 1));
            case "omitted" -> new Omitted(leaves(line));
            case "seal" -> new Sealed(SealedMonth.of(seal(line), month(line)));
            case "deleted" -> new Deleted(lineNumber(line, "deleted.first", 1), lineNumber(line, "deleted.last", 1));
            case "unproven" -> new Unproven();
            default -> throw new IllegalStateException("a kind that is not read");
        };
    }

    private static ChainHead head(JsonDocument line) throws MalformedDocumentException {
        try {
            return new ChainHead(lineNumber(line, "start.sequence", 0), line.requiredText("start.hash"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("a start that is none: " + e.getMessage(), e);
        }
    }

    private static long lineNumber(JsonDocument line, String path, long least) throws MalformedDocumentException {
        long number = line.requiredInteger(path);
        if (number < least || number > LAST_LINE) {
            throw new MalformedDocumentException(path + " is " + number + ", not from " + least + " to " + LAST_LINE);
        }
        return number;
    }

    private static List<byte[]> leaves(JsonDocument line) throws MalformedDocumentException {
        List<byte[]> leaves = new ArrayList<>();
        for (String hex : line.texts("omitted")) {
            leaves.add(leaf(hex));
        }
        return leaves;
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

    private static Seal seal(JsonDocument line) throws MalformedDocumentException {
        JsonDocument document = line.object("seal");
        if (document == null) {
            throw new MalformedDocumentException("no seal");
        }
        Seal seal = Seal.from(document);
        if (seal.signedAt().isBefore(EARLIEST) || !seal.signedAt().isBefore(LATEST)) {
            throw new MalformedDocumentException("metsuke.seal.signed_at is " + seal.signedAt());
        }
        return seal;
    }

    private static @Nullable YearMonth month(JsonDocument line) throws MalformedDocumentException {
        String month = line.text("month");
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

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
