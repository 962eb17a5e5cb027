package dev.metsuke.events.seal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that a verifier believes: those it was given, and those that they announced. An announcement ends the key that
 * made it. Nothing is believed that a revoked key signed at or after its revocation.
 */
public final class KeyRing {

    private final Map<String, ListedKey> keys = new LinkedHashMap<>();

    /** What a verifier was given, by its own ways. */
    public KeyRing(Collection<ListedKey> given) {
        given.forEach(listed -> keys.merge(listed.key().id(), listed, KeyRing::stricter));
    }

    /** Of two entries of one key the one that says more; a revocation goes before all else. */
    private static ListedKey stricter(ListedKey one, ListedKey other) {
        if (one.revokedAt() != null || other.revokedAt() != null) {
            return one.revokedAt() == null
                            || (other.revokedAt() != null && other.revokedAt().isBefore(one.revokedAt()))
                    ? other
                    : one;
        }
        return one.shipper() == null || one.validUntil() == null ? other : one;
    }

    /** The same with the keys that these announce, in any order; announcements that nobody believed signed are passed over. */
    public KeyRing with(Collection<KeyAnnouncement> announcements) {
        KeyRing wider = new KeyRing(keys.values());
        List<KeyAnnouncement> open = List.copyOf(announcements);
        while (!open.isEmpty()) {
            List<KeyAnnouncement> rest =
                    open.stream().filter(one -> !wider.take(one)).toList();
            if (rest.size() == open.size()) {
                break;
            }
            open = rest;
        }
        return wider;
    }

    private boolean take(KeyAnnouncement announcement) {
        ListedKey signer = keys.get(announcement.keyId());
        if (signer == null
                || !signer.holdsAt(announcement.signedAt())
                || !signer.mayHold(announcement.shipper() + "/")
                || !signer.key().hasSigned(announcement)) {
            return false;
        }
        keys.put(announcement.keyId(), signer.until(announcement.signedAt()));
        keys.putIfAbsent(announcement.announced().id(), ListedKey.announcedBy(announcement));
        return true;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    public Collection<ListedKey> keys() {
        return List.copyOf(keys.values());
    }

    /** What is to be thought of a seal. */
    public Judgement judge(Seal seal) {
        ListedKey signer = keys.get(seal.keyId());
        if (signer == null) {
            return new Judgement.Unknown(
                    "it is signed by the key " + seal.keyId() + ", which is not among the given ones");
        }
        if (!signer.key().hasSigned(seal)) {
            return new Judgement.Refused("its signature is not that of the key " + seal.keyId() + " over what it says");
        }
        if (!signer.mayHold(seal.stream())) {
            return new Judgement.Refused("the key " + seal.keyId() + " is that of the shipper " + signer.shipper()
                    + ", which has no stream " + seal.stream());
        }
        if (!signer.holdsAt(seal.signedAt())) {
            return new Judgement.Refused(
                    "the key " + seal.keyId() + " did not hold at " + seal.signedAt() + ": " + period(signer));
        }
        return new Judgement.Believed();
    }

    private static String period(ListedKey key) {
        if (key.revokedAt() != null) {
            return "it was revoked from " + key.revokedAt() + " on (" + key.reason() + ")";
        }
        return "it holds from " + key.validFrom() + (key.validUntil() == null ? "" : " until " + key.validUntil());
    }

    /** What is to be thought of a seal. */
    public sealed interface Judgement {

        /** A key that held signed it. */
        record Believed() implements Judgement {}

        /**
         * Nobody who may has signed it so.
         *
         * @param because why not
         */
        record Refused(String because) implements Judgement {}

        /**
         * It may be true: its key is not known.
         *
         * @param because which is missing
         */
        record Unknown(String because) implements Judgement {}
    }
}
