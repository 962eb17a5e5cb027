package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shipper's signed word for where a stream's chain stood.
 *
 * @param stream whose chain
 * @param number 1 for the stream's first seal, then without gap: a seal that was taken away shows
 * @param head the chain's last line then
 * @param signedAt when, by the shipper's clock; never before the stream's earlier seals
 * @param revocations the ids of all revocations that the shipper told before: one that was taken away shows
 * @param keyId which key signed it
 * @param signature Ed25519, base64
 */
public record Seal(
        String stream,
        long number,
        ChainHead head,
        Instant signedAt,
        List<String> revocations,
        String keyId,
        String signature)
        implements SealRecord {

    /** {@code event.action} of a seal. */
    public static final String ACTION = "seal";

    private static final String FORMAT = "metsuke-seal-1";

    public Seal {
        if (number < 1) {
            throw new IllegalArgumentException("seals are numbered from 1, not " + number);
        }
        revocations = List.copyOf(revocations);
    }

    /**
     * The seal that follows, signed: it has the next number, and is dated neither before the one before it nor before its key.
     *
     * @param last the stream's last; null before the first
     * @param revocations the ids of all that were told by then
     */
    public static Seal after(
            @Nullable Seal last,
            String stream,
            ChainHead head,
            Instant now,
            List<String> revocations,
            SealKeys.Current key) {
        Instant notBefore = last == null ? key.since() : latest(key.since(), last.signedAt);
        return sign(stream, last == null ? 1 : last.number + 1, head, latest(now, notBefore), revocations, key.pair());
    }

    /** Whether it can come behind another one of the stream, next or later. */
    public boolean isBehind(Seal other) {
        return number > other.number && head.sequence() > other.head.sequence() && !signedAt.isBefore(other.signedAt);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A seal of a head, signed, by a shipper that never revoked a key. */
    public static Seal sign(String stream, long number, ChainHead head, Instant at, SealKeyPair key) {
        return sign(stream, number, head, at, List.of(), key);
    }

    /** A seal of a head, signed. */
    public static Seal sign(
            String stream, long number, ChainHead head, Instant at, List<String> revocations, SealKeyPair key) {
        Seal unsigned =
                new Seal(stream, number, head, at, revocations, key.publicKey().id(), "");
        return new Seal(stream, number, head, at, revocations, unsigned.keyId, key.sign(unsigned.signedBytes()));
    }

    @Override
    public byte[] signedBytes() {
        return CanonicalJson.bytes(members());
    }

    @Override
    public byte[] toJson() {
        return SealDocument.write(this, ACTION, "seal", members());
    }

    /**
     * Reads a seal; whether its signature holds is asked of a {@link KeyRing}.
     *
     * @throws MalformedDocumentException where it is none
     */
    public static Seal fromJson(byte[] json) throws MalformedDocumentException {
        return from(JsonDocument.parse(json));
    }

    /**
     * The same of a document that is parsed.
     *
     * @throws MalformedDocumentException where it is none
     */
    public static Seal from(JsonDocument document) throws MalformedDocumentException {
        SealDocument.requireFormat(document, "seal", FORMAT);
        try {
            return new Seal(
                    document.requiredText("metsuke.seal.stream"),
                    document.requiredInteger("metsuke.seal.number"),
                    new ChainHead(
                            document.requiredInteger("metsuke.seal.sequence"),
                            document.requiredText("metsuke.seal.hash")),
                    document.requiredInstant("metsuke.seal.signed_at"),
                    document.texts("metsuke.seal.revocations"),
                    document.requiredText("metsuke.seal.key"),
                    document.requiredText("metsuke.seal.signature"));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("no seal: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new HashMap<>();
        members.put("format", FORMAT);
        members.put("stream", stream);
        members.put("number", number);
        members.put("sequence", head.sequence());
        members.put("hash", head.hash());
        members.put("signed_at", signedAt);
        if (!revocations.isEmpty()) {
            members.put("revocations", revocations);
        }
        members.put("key", keyId);
        return members;
    }

    @Override
    public String toString() {
        return "seal " + number + " of " + ShownName.of(stream) + " (line " + head.sequence() + ", " + signedAt + ")";
    }
}
