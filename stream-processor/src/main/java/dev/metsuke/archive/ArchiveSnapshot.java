package dev.metsuke.archive;

import dev.metsuke.events.topic.Topic;
import java.util.Map;

/**
 * What the archive did since it was started.
 *
 * @param indexed records written to Elasticsearch, by topic
 * @param repeated records that were there already, or of which a newer state was, by topic
 * @param rejected records that can never be written and went to {@code metsuke.rejected}, by topic
 * @param undeliverable records of {@code metsuke.rejected} that cannot be written either; they stay there
 * @param lost records that Kafka deleted, by its retention, before they were archived
 */
public record ArchiveSnapshot(
        Map<Topic, Long> indexed, Map<Topic, Long> repeated, Map<Topic, Long> rejected, long undeliverable, long lost) {

    public ArchiveSnapshot {
        indexed = Map.copyOf(indexed);
        repeated = Map.copyOf(repeated);
        rejected = Map.copyOf(rejected);
    }

    /** Of a topic, whether the records were written now or were there already. */
    public long archived(Topic topic) {
        return indexed.getOrDefault(topic, 0L) + repeated.getOrDefault(topic, 0L);
    }

    /** Over all topics. */
    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
