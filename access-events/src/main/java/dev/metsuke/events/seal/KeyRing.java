package dev.metsuke.events.seal;

import dev.metsuke.events.integrity.ShownName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that a verifier believes: those it was given, and those that they announced. An announcement ends the key that
 * made it. Nothing is believed that a revoked key signed at or after its revocation. A key may revoke itself, whenever it
 * says so, and be revoked by another one of its shipper. Nothing changes it once it is made, so any thread may ask it.
 */
public final class KeyRing {

    private final Map<String, ListedKey> keys = new LinkedHashMap<>();
    /** By the key that named it. There is one, or who stole a key before it was rotated could name another beside it. */
    private final Map<String, PublicSealKey> followers = new HashMap<>();

    private final List<KeyRevocation> revocations;

    /** What a verifier was given, by its own ways. */
    public KeyRing(Collection<ListedKey> given) {
        this(given, List.of());
    }

    private KeyRing(Collection<ListedKey> given, List<KeyRevocation> revocations) {
        this.revocations = List.copyOf(revocations);
        for (ListedKey listed : given) {
            keys.merge(listed.key().id(), revoked(listed), ListedKey::narrowedBy);
            KeyAnnouncement announcement = listed.announcement();
            if (announcement != null) {
                followers.putIfAbsent(announcement.keyId(), listed.key());
            }
        }
    }

    private ListedKey revoked(ListedKey listed) {
        ListedKey revoked = listed;
        for (KeyRevocation revocation : revocations) {
            if (revocation.revoked().equals(listed.key().id())) {
                revoked = revoked.revoked(revocation);
            }
        }
        return revoked;
    }

    /**
     * The same with the keys that these announce, and without belief in those that they revoke, in any order; what nobody
     * believed signed is passed over. Belief that a revocation took away does not come back, even where its signer turns out
     * to be revoked as well.
     */
    public KeyRing with(Collection<? extends KeyStatement> statements) {
        List<KeyAnnouncement> announcements = SealRecord.ofKind(statements, KeyAnnouncement.class)
                .sorted(Comparator.comparing(KeyAnnouncement::signedAt))
                .toList();
        Set<KeyRevocation> believed = new LinkedHashSet<>(revocations);
        while (true) {
            // Each time from the beginning: what a key announced after its revocation counts for nothing.
            KeyRing ring = new KeyRing(keys.values(), List.copyOf(believed));
            ring.takeAll(announcements);
            if (!believed.addAll(SealRecord.ofKind(statements, KeyRevocation.class)
                    .filter(revocation -> ring.judge(revocation) instanceof Judgement.Believed)
                    .toList())) {
                return ring;
            }
        }
    }

    private void takeAll(List<KeyAnnouncement> announcements) {
        List<KeyAnnouncement> open = announcements;
        while (!open.isEmpty()) {
            List<KeyAnnouncement> rest = open.stream().filter(one -> !take(one)).toList();
            if (rest.size() == open.size()) {
                return;
            }
            open = rest;
        }
    }

    private boolean take(KeyAnnouncement announcement) {
        ListedKey signer = keys.get(announcement.keyId());
        if (signer == null || !(judge(announcement) instanceof Judgement.Believed)) {
            return false;
        }
        followers.putIfAbsent(announcement.keyId(), announcement.announced());
        keys.put(announcement.keyId(), signer.until(announcement.signedAt()));
        keys.putIfAbsent(announcement.announced().id(), revoked(ListedKey.announcedBy(announcement)));
        return true;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    public Collection<ListedKey> keys() {
        return List.copyOf(keys.values());
    }

    /** Whether a key of this id was given or announced. */
    public boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /** Whether a seal's key was revoked when it was signed, going by what it says; says nothing of its signature. */
    public boolean isRevoked(Seal seal) {
        ListedKey signer = keys.get(seal.keyId());
        return signer != null && signer.isRevokedAt(seal.signedAt());
    }

    /** What is to be thought of a seal. */
    public Judgement judge(Seal seal) {
        return judge(seal, seal.stream());
    }

    /** What is to be thought of an announcement or a revocation. */
    public Judgement judge(KeyStatement statement) {
        return judge(statement, statement.shipper() + "/");
    }

    private Judgement judge(SealRecord record, String stream) {
        ListedKey signer = keys.get(record.keyId());
        if (signer == null) {
            return new Judgement.Unknown(
                    "it is signed by the key " + ShownName.of(record.keyId()) + ", which is not among the given ones");
        }
        if (!signer.key().hasSigned(record)) {
            return new Judgement.Refused(
                    "its signature is not that of the key " + record.keyId() + " over what it says");
        }
        if (!signer.mayHold(stream)) {
            return new Judgement.Refused("the key " + record.keyId() + " is that of the shipper "
                    + ShownName.of(String.valueOf(signer.shipper())) + ", which has no stream " + ShownName.of(stream));
        }
        if (record instanceof KeyRevocation revocation) {
            ListedKey revoked = keys.get(revocation.revoked());
            if (revoked != null && !revoked.mayHold(stream)) {
                return new Judgement.Refused("the key " + revocation.revoked() + " is that of the shipper "
                        + ShownName.of(String.valueOf(revoked.shipper())) + ", not of "
                        + ShownName.of(revocation.shipper()));
            }
            if (revocation.isByItself()) {
                return new Judgement.Believed();
            }
        }
        if (!signer.isUsedAt(record.signedAt())) {
            return new Judgement.Refused(
                    "the key " + record.keyId() + " did not hold at " + record.signedAt() + ": " + period(signer));
        }
        if (signer.isRevokedAt(record.signedAt())) {
            return new Judgement.Revoked("the key " + record.keyId() + " was revoked from " + signer.revokedAt()
                    + " on (" + signer.reason() + ")");
        }
        if (record instanceof KeyAnnouncement announcement) {
            PublicSealKey follower = followers.getOrDefault(announcement.keyId(), announcement.announced());
            if (!follower.equals(announcement.announced())) {
                return new Judgement.Refused(
                        "the key " + record.keyId() + " named another one that follows it, " + follower);
            }
        }
        return new Judgement.Believed();
    }

    private static String period(ListedKey key) {
        return "it holds from " + key.validFrom() + (key.validUntil() == null ? "" : " until " + key.validUntil());
    }

    /** What is to be thought of a record. */
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
         * Its key was revoked by then: an honest shipper that did not know may have signed it, or whoever has the key.
         *
         * @param because which key, and from when on
         */
        record Revoked(String because) implements Judgement {}

        /**
         * It may be true: its key is not known.
         *
         * @param because which is missing
         */
        record Unknown(String because) implements Judgement {}
    }
}
