package dev.metsuke.events.seal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A public key, and when it is believed.
 *
 * @param key the key
 * @param shipper whose streams it may seal; any where absent
 * @param validFrom its first moment
 * @param validUntil its last moment, once another took its place
 * @param revokedAt from when on nothing it signed is believed
 * @param reason why it was revoked
 * @param announcement by which the key before named it; absent for a first key, and for one that follows a revoked one
 * @param revocation by which it was revoked; absent where only the list says so
 */
public record ListedKey(
        PublicSealKey key,
        @Nullable String shipper,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Instant revokedAt,
        @Nullable String reason,
        @Nullable KeyAnnouncement announcement,
        @Nullable KeyRevocation revocation) {

    /** A shipper's key that holds from now on. */
    public static ListedKey first(PublicSealKey key, String shipper, Instant validFrom) {
        return new ListedKey(key, shipper, validFrom, null, null, null, null, null);
    }

    /** A key of which nothing else is known: believed for every stream, at any time. */
    public static ListedKey bare(PublicSealKey key) {
        return new ListedKey(key, null, Instant.MIN, null, null, null, null, null);
    }

    static ListedKey announcedBy(KeyAnnouncement announcement) {
        return new ListedKey(
                announcement.announced(),
                announcement.shipper(),
                announcement.signedAt(),
                null,
                null,
                null,
                announcement,
                null);
    }

    /** The same, believed only where another entry of the key is believed as well: all counts that either says. */
    ListedKey narrowedBy(ListedKey other) {
        ListedKey revoked = other.isRevokedBefore(this) ? other : this;
        ListedKey narrower = new ListedKey(
                key,
                shipper == null ? other.shipper : shipper,
                validFrom.isBefore(other.validFrom) ? other.validFrom : validFrom,
                validUntil,
                revoked.revokedAt,
                revoked.reason,
                announcement == null ? other.announcement : announcement,
                revoked.revocation);
        return other.validUntil == null ? narrower : narrower.until(other.validUntil);
    }

    private boolean isRevokedBefore(ListedKey other) {
        return revokedAt != null && (other.revokedAt == null || revokedAt.isBefore(other.revokedAt));
    }

    /** The same until another took its place, which it did at the earliest of all times that are told. */
    ListedKey until(Instant end) {
        Instant first = validUntil == null || end.isBefore(validUntil) ? end : validUntil;
        return new ListedKey(key, shipper, validFrom, first, revokedAt, reason, announcement, revocation);
    }

    /** The same, revoked; of several revocations the one that says the earliest counts. */
    ListedKey revoked(KeyRevocation by) {
        boolean isEarlier = revokedAt == null || by.revokedAt().isBefore(revokedAt);
        if (!isEarlier && (revocation != null || !by.revokedAt().equals(revokedAt))) {
            return this;
        }
        return new ListedKey(key, shipper, validFrom, validUntil, by.revokedAt(), by.reason(), announcement, by);
    }

    /** Whether it seals today. */
    public boolean isCurrent() {
        return validUntil == null && revokedAt == null;
    }

    /** Whether it was the one that seals then. */
    boolean isUsedAt(Instant time) {
        return !time.isBefore(validFrom) && (validUntil == null || !time.isAfter(validUntil));
    }

    /** Whether nothing it signed then is believed. */
    boolean isRevokedAt(Instant time) {
        return revokedAt != null && !time.isBefore(revokedAt);
    }

    /** Whether it may seal a stream. */
    boolean mayHold(String stream) {
        return shipper == null || stream.startsWith(shipper + "/");
    }
}
