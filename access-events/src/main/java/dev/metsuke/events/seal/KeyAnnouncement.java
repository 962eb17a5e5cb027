package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.ShownName;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * A key's word that another takes its place.
 *
 * @param shipper whose streams the new key seals
 * @param announced the new key
 * @param signedAt from when on the new key holds and the old one no more
 * @param keyId the old key, which signs this
 * @param signature Ed25519, base64
 */
public record KeyAnnouncement(String shipper, PublicSealKey announced, Instant signedAt, String keyId, String signature)
        implements KeyStatement {

    /** {@code event.action} of an announcement. */
    public static final String ACTION = "seal-key";

    private static final String FORMAT = "metsuke-seal-key-1";

    /** Announces a key by the one before. */
    public static KeyAnnouncement sign(String shipper, PublicSealKey announced, Instant at, SealKeyPair old) {
        String id = old.publicKey().id();
        return new KeyAnnouncement(
                shipper, announced, at, id, old.sign(CanonicalJson.bytes(members(shipper, announced, at, id))));
    }

    @Override
    public byte[] signedBytes() {
        return CanonicalJson.bytes(members(shipper, announced, signedAt, keyId));
    }

    @Override
    public byte[] toJson() {
        return SealDocument.write(this, ACTION, "seal_key", members(shipper, announced, signedAt, keyId));
    }

    static KeyAnnouncement from(JsonDocument document) throws MalformedDocumentException {
        SealDocument.requireFormat(document, "seal_key", FORMAT);
        return new KeyAnnouncement(
                document.requiredText("metsuke.seal_key.shipper"),
                PublicSealKey.ofBase64(document.requiredText("metsuke.seal_key.public_key")),
                document.requiredInstant("metsuke.seal_key.signed_at"),
                document.requiredText("metsuke.seal_key.key"),
                document.requiredText("metsuke.seal_key.signature"));
    }

    @Override
    public String toString() {
        return "the announcement of the key " + announced + " of " + ShownName.of(shipper) + " (signed " + signedAt
                + ")";
    }

    private static Map<String, Object> members(String shipper, PublicSealKey announced, Instant at, String keyId) {
        Map<String, Object> members = new HashMap<>();
        members.put("format", FORMAT);
        members.put("shipper", shipper);
        members.put("announced", announced.id());
        members.put("public_key", Base64.getEncoder().encodeToString(announced.der()));
        members.put("signed_at", at);
        members.put("key", keyId);
        return members;
    }
}
