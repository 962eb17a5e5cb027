package dev.metsuke.events.retention;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's word that what the archive has of an account, of a period, or of an account in a period must stay, however old
 * it is. Its topic is keyed by the hold; the release is a second message of the whole.
 *
 * @param eventId this message's own id
 * @param holdId what the hold is called
 * @param account whose documents must stay; everybody's where absent
 * @param from the period's first moment; from the beginning where absent
 * @param until the first moment after the period; for ever where absent
 * @param reason why
 * @param placedAt since when
 * @param placedBy by whom
 * @param release how it ended; absent while it holds
 */
public record LegalHold(
        String eventId,
        String holdId,
        @Nullable AccountId account,
        @Nullable Instant from,
        @Nullable Instant until,
        String reason,
        Instant placedAt,
        String placedBy,
        @Nullable Release release) {

    private static final String PLACED = "legal-hold-placed";
    private static final String RELEASED = "legal-hold-released";

    public LegalHold {
        if (account == null && from == null && until == null) {
            throw new IllegalArgumentException("a legal hold needs an account, a period, or both");
        }
        if (from != null && until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("a legal hold from " + from + " cannot end at " + until);
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a legal hold needs a reason");
        }
    }

    /**
     * The end of a hold.
     *
     * @param at when
     * @param by by whom
     * @param reason why
     */
    public record Release(Instant at, String by, String reason) {
        public Release {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a release needs a reason");
            }
        }
    }

    /** Whether it still holds. */
    public boolean isInForce() {
        return release == null;
    }

    /** Whether its period has a moment of this one. */
    public boolean meets(Instant start, Instant end) {
        return (from == null || from.isBefore(end)) && (until == null || until.isAfter(start));
    }

    public LegalHold released(String releaseEventId, Release how) {
        return new LegalHold(releaseEventId, holdId, account, from, until, reason, placedAt, placedBy, how);
    }

    public byte[] toJson() {
        Map<String, @Nullable Object> hold = new HashMap<>();
        hold.put("id", holdId);
        hold.put("from", from);
        hold.put("until", until);
        hold.put("reason", reason);
        hold.put("placed_at", placedAt);
        hold.put("placed_by", placedBy);
        if (release != null) {
            hold.put("released_at", release.at());
            hold.put("released_by", release.by());
            hold.put("release_reason", release.reason());
        }
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("@timestamp", release == null ? placedAt : release.at());
        document.put("event", Map.of("id", eventId, "kind", "event", "action", release == null ? PLACED : RELEASED));
        document.put("user", account == null ? null : Map.of("id", account.value()));
        document.put("metsuke", Map.of("hold", hold));
        return CanonicalJson.bytes(document);
    }

    /** Whether a document of the topic is about a hold. */
    public static boolean isOne(JsonDocument document) throws MalformedDocumentException {
        String action = document.text("event.action");
        return PLACED.equals(action) || RELEASED.equals(action);
    }

    public static LegalHold fromJson(JsonDocument document) throws MalformedDocumentException {
        try {
            String account = document.text("user.id");
            Instant releasedAt = document.instant("metsuke.hold.released_at");
            return new LegalHold(
                    document.requiredText("event.id"),
                    document.requiredText("metsuke.hold.id"),
                    account == null ? null : new AccountId(account),
                    document.instant("metsuke.hold.from"),
                    document.instant("metsuke.hold.until"),
                    document.requiredText("metsuke.hold.reason"),
                    document.requiredInstant("metsuke.hold.placed_at"),
                    document.requiredText("metsuke.hold.placed_by"),
                    releasedAt == null
                            ? null
                            : new Release(
                                    releasedAt,
                                    document.requiredText("metsuke.hold.released_by"),
                                    document.requiredText("metsuke.hold.release_reason")));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Such as {@code H-17 on sato from 2016-01-01T00:00:00Z: dispute 4711}. */
    @Override
    public String toString() {
        return holdId + (account == null ? "" : " on " + account) + (from == null ? "" : " from " + from)
                + (until == null ? "" : " until " + until) + ": " + reason;
    }
}
