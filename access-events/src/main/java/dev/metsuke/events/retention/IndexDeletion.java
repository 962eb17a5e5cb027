package dev.metsuke.events.retention;

import dev.metsuke.events.json.CanonicalJson;
import java.time.Instant;
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

    public IndexDeletion {
        otherHolds = List.copyOf(otherHolds);
    }

    /** The same for every attempt to delete it, so that the archive tells of it once. */
    public String eventId() {
        return "index-deleted/" + index + "/" + uuid;
    }

    /** Why that is allowed. */
    public String because() {
        return "kept for " + years + " years, until " + expiredAt + ", and no legal hold concerns it";
    }

    public byte[] toJson() {
        return CanonicalJson.bytes(Map.of(
                "@timestamp",
                decidedAt,
                "event",
                Map.of("id", eventId(), "kind", "event", "action", "index-deleted", "reason", because()),
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
