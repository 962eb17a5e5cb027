package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The word that a key is believed no more, by that key itself or by another one of the same shipper.
 *
 * @param shipper whose key it is
 * @param revoked the key: {@link PublicSealKey#id}
 * @param revokedAt from when on nothing it signed is believed
 * @param reason why, in free words
 * @param signedAt when this was said
 * @param keyId which key says it
 * @param signature Ed25519, base64
 */
public record KeyRevocation(
        String shipper,
        String revoked,
        Instant revokedAt,
        String reason,
        Instant signedAt,
        String keyId,
        String signature)
        implements KeyStatement {

    /** {@code event.action} of a revocation. */
    public static final String ACTION = "seal-key-revocation";

    private static final String FORMAT = "metsuke-seal-revocation-1";

    public KeyRevocation {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a revocation needs a reason");
        }
    }

    /** Revokes a key. */
    public static KeyRevocation sign(
            String shipper, String revoked, Instant revokedAt, String reason, Instant at, SealKeyPair signer) {
        KeyRevocation unsigned = new KeyRevocation(
                shipper, revoked, revokedAt, reason, at, signer.publicKey().id(), "");
        return new KeyRevocation(
                shipper, revoked, revokedAt, reason, at, unsigned.keyId, signer.sign(unsigned.signedBytes()));
    }

    /** Whether the key says it of itself. */
    public boolean isByItself() {
        return keyId.equals(revoked);
    }

    @Override
    public byte[] signedBytes() {
        return CanonicalJson.bytes(members());
    }

    @Override
    public byte[] toJson() {
        return SealDocument.write(this, ACTION, "seal_revocation", members());
    }

    static KeyRevocation from(JsonDocument document) throws MalformedDocumentException {
        SealDocument.requireFormat(document, "seal_revocation", FORMAT);
        return new KeyRevocation(
                document.requiredText("metsuke.seal_revocation.shipper"),
                document.requiredText("metsuke.seal_revocation.revoked"),
                document.requiredInstant("metsuke.seal_revocation.revoked_at"),
                document.requiredText("metsuke.seal_revocation.reason"),
                document.requiredInstant("metsuke.seal_revocation.signed_at"),
                document.requiredText("metsuke.seal_revocation.key"),
                document.requiredText("metsuke.seal_revocation.signature"));
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new HashMap<>();
        members.put("format", FORMAT);
        members.put("shipper", shipper);
        members.put("revoked", revoked);
        members.put("revoked_at", revokedAt);
        members.put("reason", reason);
        members.put("signed_at", signedAt);
        members.put("key", keyId);
        return members;
    }

    @Override
    public String toString() {
        return "the revocation of the key " + ShownName.of(revoked) + " of " + ShownName.of(shipper) + " (from "
                + revokedAt + ", signed " + signedAt + ")";
    }
}
