package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What stands in {@code metsuke.seals}: a seal, or what is said of the keys that sign them. */
public sealed interface SealRecord permits Seal, KeyStatement {

    /** The first of what {@link #signedBytes} hash to: the same record has the same id, any other has another. */
    int ID_BYTES = 16;

    /** When it was signed, by the shipper's clock. */
    Instant signedAt();

    /** Which key signed it: {@link PublicSealKey#id}. */
    String keyId();

    /** Ed25519, base64. */
    String signature();

    /** What is signed: canonical JSON of everything but the signature. */
    byte[] signedBytes();

    /** The record as canonical ECS JSON. */
    byte[] toJson();

    /** {@code event.id}. */
    default String id() {
        return "seal-" + HexFormat.of().formatHex(Sha256.of(signedBytes()), 0, ID_BYTES);
    }

    /** Those of one kind, in their order. */
    static <T extends SealRecord> Stream<T> ofKind(Collection<? extends SealRecord> records, Class<T> kind) {
        return records.stream().filter(kind::isInstance).map(kind::cast);
    }

    /**
     * Reads any of them.
     *
     * @throws MalformedDocumentException where it is none
     */
    static SealRecord fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        String action = document.requiredText("event.action");
        return switch (action) {
            case Seal.ACTION -> Seal.from(document);
            case KeyAnnouncement.ACTION -> KeyAnnouncement.from(document);
            case KeyRevocation.ACTION -> KeyRevocation.from(document);
            default ->
                throw new MalformedDocumentException("event.action is " + action + "; a seal's is " + Seal.ACTION
                        + ", a key's announcement is " + KeyAnnouncement.ACTION + ", its revocation is "
                        + KeyRevocation.ACTION);
        };
    }
}
