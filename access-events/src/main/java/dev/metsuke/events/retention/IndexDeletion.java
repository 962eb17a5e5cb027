package dev.metsuke.events.retention;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * That an index leaves the archive, written before it goes.
 *
 * @param index the index
 * @param uuid Elasticsearch's own name of it, which an index made anew does not share
 * @param documents how many documents it holds
 * @param expiredAt since when it need not be kept
 * @param years how many years its kind is kept
 * @param otherHolds legal holds in force that do not concern it
 * @param decidedAt when
 */
public record IndexDeletion(
        String index,
        String uuid,
        long documents,
        Instant expiredAt,
        int years,
        List<String> otherHolds,
        Instant decidedAt) {

    /** {@code event.action} of it. */
    public static final String ACTION = "index-deleted";

    /** More than any index has; so many of them can be added up. */
    private static final long MOST_DOCUMENTS = 1_000_000_000_000L;

    /** With which one can reckon. */
    private static final int MOST_YEARS = 9_999;

    public IndexDeletion {
        otherHolds = List.copyOf(otherHolds);
    }

    /** The same for every attempt to delete it for this reason, so that the archive tells of it once. */
    public String eventId() {
        return "index-deleted/" + index + "/" + uuid + "/" + documents + "/" + years;
    }

    /** Why that is allowed. */
    public String because() {
        return "kept for " + years + " years, until " + expiredAt + ", and no legal hold concerns it";
    }

    /** Whether the index of this month had been kept for as long as its kind is. */
    public boolean isAfterItsTime(YearMonth month) {
        Instant end = month.plusMonths(1)
                .plusYears(years)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return years > 0 && !expiredAt.isBefore(end) && !decidedAt.isBefore(expiredAt);
    }

    /**
     * Reads one.
     *
     * @throws MalformedDocumentException where it is none, or names more documents or years than there can be
     */
    public static IndexDeletion fromJson(JsonDocument document) throws MalformedDocumentException {
        long documents = document.requiredInteger("metsuke.deletion.documents");
        if (documents < 0 || documents > MOST_DOCUMENTS) {
            throw new MalformedDocumentException("metsuke.deletion.documents is " + documents);
        }
        long years = document.requiredInteger("metsuke.deletion.years");
        if (years < 0 || years > MOST_YEARS) {
            throw new MalformedDocumentException("metsuke.deletion.years is " + years);
        }
        return new IndexDeletion(
                document.requiredText("metsuke.deletion.index"),
                document.requiredText("metsuke.deletion.uuid"),
                documents,
                document.requiredInstant("metsuke.deletion.expired_at"),
                (int) years,
                document.texts("metsuke.deletion.other_holds"),
                document.requiredInstant("@timestamp"));
    }

    public byte[] toJson() {
        return CanonicalJson.bytes(Map.of(
                "@timestamp",
                decidedAt,
                "event",
                Map.of("id", eventId(), "kind", "event", "action", ACTION, "reason", because()),
                "metsuke",
                Map.of(
                        "deletion",
                        Map.of(
                                "index", index,
                                "uuid", uuid,
                                "documents", documents,
                                "expired_at", expiredAt,
                                "years", years,
                                "other_holds", otherHolds))));
    }
}
