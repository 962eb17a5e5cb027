package dev.metsuke.events.seal;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shipper's keys from the first to the current one, as the file that an auditor is given has them.
 *
 * @param keys in the order in which they sealed
 */
public record KeyList(List<ListedKey> keys) {

    public KeyList {
        keys = List.copyOf(keys);
    }

    /** The key that seals today; none before the first, and none after one was revoked until the next is made. */
    public Optional<ListedKey> current() {
        return keys.stream().filter(ListedKey::isCurrent).reduce((_, last) -> last);
    }

    public Optional<ListedKey> byId(String id) {
        return keys.stream().filter(listed -> listed.key().id().equals(id)).findFirst();
    }

    /** Another key takes over, named by the current one. */
    public KeyList rotated(KeyAnnouncement announcement) {
        List<ListedKey> rotated = new ArrayList<>();
        keys.forEach(listed -> rotated.add(listed.isCurrent() ? listed.until(announcement.signedAt()) : listed));
        rotated.add(ListedKey.announcedBy(announcement));
        return new KeyList(rotated);
    }

    /** A first key, or one after a revoked one, that nobody names. */
    public KeyList begunWith(PublicSealKey key, String shipper, Instant at) {
        List<ListedKey> begun = new ArrayList<>(keys);
        begun.add(ListedKey.first(key, shipper, at));
        return new KeyList(begun);
    }

    /** A key is believed no more. */
    public KeyList revoked(KeyRevocation revocation) {
        return new KeyList(keys.stream()
                .map(listed -> listed.key().id().equals(revocation.revoked()) ? listed.revoked(revocation) : listed)
                .toList());
    }

    /** What was said of the keys, in the order of the keys; one that was announced and revoked counts twice. */
    public List<KeyStatement> statements() {
        List<KeyStatement> statements = new ArrayList<>();
        for (ListedKey listed : keys) {
            if (listed.announcement() != null) {
                statements.add(listed.announcement());
            }
            if (listed.revocation() != null) {
                statements.add(listed.revocation());
            }
        }
        return statements;
    }

    public byte[] toJson() {
        return CanonicalJson.bytes(
                Map.of("keys", keys.stream().map(KeyList::members).toList()));
    }

    private static Map<String, @Nullable Object> members(ListedKey listed) {
        Map<String, @Nullable Object> members = new HashMap<>();
        members.put("id", listed.key().id());
        members.put(
                "public_key", Base64.getEncoder().encodeToString(listed.key().der()));
        members.put("shipper", listed.shipper());
        members.put("valid_from", listed.validFrom());
        members.put("valid_until", listed.validUntil());
        members.put("revoked_at", listed.revokedAt());
        members.put("reason", listed.reason());
        KeyAnnouncement announcement = listed.announcement();
        if (announcement != null) {
            members.put("announced_by", announcement.keyId());
            members.put("announcement", announcement.signature());
        }
        KeyRevocation revocation = listed.revocation();
        if (revocation != null) {
            members.put("revoked_by", revocation.keyId());
            members.put("revocation_signed_at", revocation.signedAt());
            members.put("revocation", revocation.signature());
        }
        return members;
    }

    /**
     * Reads the file that {@link #toJson} writes.
     *
     * @throws MalformedDocumentException where it is none, or an id is not that of its key
     */
    public static KeyList fromJson(byte[] json) throws MalformedDocumentException {
        List<ListedKey> keys = new ArrayList<>();
        for (JsonDocument listed : JsonDocument.parse(json).objects("keys")) {
            keys.add(key(listed));
        }
        return new KeyList(keys);
    }

    private static ListedKey key(JsonDocument listed) throws MalformedDocumentException {
        PublicSealKey key = PublicSealKey.ofBase64(listed.requiredText("public_key"));
        if (!key.id().equals(listed.requiredText("id"))) {
            throw new MalformedDocumentException(
                    "the key listed as " + listed.requiredText("id") + " has the id " + key.id());
        }
        Instant validFrom = listed.requiredInstant("valid_from");
        String shipper = listed.text("shipper");
        String announcedBy = listed.text("announced_by");
        return new ListedKey(
                key,
                shipper,
                validFrom,
                listed.instant("valid_until"),
                listed.instant("revoked_at"),
                listed.text("reason"),
                announcedBy == null
                        ? null
                        : new KeyAnnouncement(
                                listed.requiredText("shipper"),
                                key,
                                validFrom,
                                announcedBy,
                                listed.requiredText("announcement")),
                revocation(key, listed));
    }

    private static @Nullable KeyRevocation revocation(PublicSealKey key, JsonDocument listed)
            throws MalformedDocumentException {
        String revokedBy = listed.text("revoked_by");
        return revokedBy == null
                ? null
                : new KeyRevocation(
                        listed.requiredText("shipper"),
                        key.id(),
                        listed.requiredInstant("revoked_at"),
                        listed.requiredText("reason"),
                        listed.requiredInstant("revocation_signed_at"),
                        revokedBy,
                        listed.requiredText("revocation"));
    }
}
