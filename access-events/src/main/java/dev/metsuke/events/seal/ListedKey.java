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
 */
public record ListedKey(
        PublicSealKey key,
        @Nullable String shipper,
        Instant validFrom,
        @Nullable Instant validUntil,
        @Nullable Instant revokedAt,
        @Nullable String reason,
        @Nullable KeyAnnouncement announcement) {

    /** A shipper's key that holds from now on. */
    public static ListedKey first(PublicSealKey key, String shipper, Instant validFrom) {
        return new ListedKey(key, shipper, validFrom, null, null, null, null);
    }

    /** A key of which nothing else is known: believed for every stream, at any time. */
    public static ListedKey bare(PublicSealKey key) {
        return new ListedKey(key, null, Instant.MIN, null, null, null, null);
    }

    static ListedKey announcedBy(KeyAnnouncement announcement) {
        return new ListedKey(
                announcement.announced(),
                announcement.shipper(),
                announcement.signedAt(),
                null,
                null,
                null,
                announcement);
    }

    /** The same until another took its place, which it did at the earliest of all times that are told. */
    ListedKey until(Instant end) {
        Instant first = validUntil == null || end.isBefore(validUntil) ? end : validUntil;
        return new ListedKey(key, shipper, validFrom, first, revokedAt, reason, announcement);
    }

    ListedKey revoked(Instant at, String because) {
        return new ListedKey(key, shipper, validFrom, validUntil, at, because, announcement);
    }

    /** Whether it seals today. */
    public boolean isCurrent() {
        return validUntil == null && revokedAt == null;
    }

    /** Whether what it signed then is believed. */
    boolean holdsAt(Instant time) {
        return !time.isBefore(validFrom)
                && (validUntil == null || !time.isAfter(validUntil))
                && (revokedAt == null || time.isBefore(revokedAt));
    }

    /** Whether it may seal a stream. */
    boolean mayHold(String stream) {
        return shipper == null || stream.startsWith(shipper + "/");
    }
}
