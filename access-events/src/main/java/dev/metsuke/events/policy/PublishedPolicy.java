package dev.metsuke.events.policy;

import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy that somebody published; the one published last is in force. Its topic is keyed by version, so that every
 * version stays.
 *
 * @param eventId this message's own id
 * @param version what alerts call the policy
 * @param yaml the policy file's text
 * @param publishedAt when
 * @param publishedBy by whom
 * @param note why, in free words
 */
public record PublishedPolicy(
        String eventId,
        String version,
        String yaml,
        Instant publishedAt,
        String publishedBy,
        @Nullable String note) implements Comparable<PublishedPolicy> {

    /** The working calendar that every policy has without naming it. */
    public static final String OFFICE_CALENDAR = "office";

    private static final Comparator<PublishedPolicy> ORDER =
            Comparator.comparing(PublishedPolicy::publishedAt).thenComparing(PublishedPolicy::version);

    /** When one is published that comes after these: now, or right behind what a host with a fast clock published. */
    public static Instant timeAfter(Collection<PublishedPolicy> known, Instant now) {
        return known.stream()
                .map(before -> before.publishedAt().plusMillis(1))
                .reduce(now, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The greatest of all is in force. */
    @Override
    public int compareTo(PublishedPolicy other) {
        return ORDER.compare(this, other);
    }

    public byte[] toJson() {
        Map<String, @Nullable Object> policy = new HashMap<>();
        policy.put("version", version);
        policy.put("yaml", yaml);
        policy.put("published_at", publishedAt);
        policy.put("published_by", publishedBy);
        policy.put("note", note);
        return CanonicalJson.bytes(Map.of(
                "@timestamp", publishedAt,
                "event", Map.of("id", eventId, "kind", "event", "action", "policy-published"),
                "metsuke", Map.of("policy", policy)));
    }

    public static PublishedPolicy fromJson(byte[] json) throws MalformedDocumentException {
        JsonDocument document = JsonDocument.parse(json);
        return new PublishedPolicy(
                document.requiredText("event.id"),
                document.requiredText("metsuke.policy.version"),
                document.requiredText("metsuke.policy.yaml"),
                document.requiredInstant("metsuke.policy.published_at"),
                document.requiredText("metsuke.policy.published_by"),
                document.text("metsuke.policy.note"));
    }
}
