package dev.metsuke.archive.retention;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.TopicOffsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Knows up to which moment all that Kafka held is archived, however much came since: it notes where the topics end, and
 * waits until the archive has committed that.
 */
final class ArchivedUntil {

    private final List<String> topics;
    private final String groupId;
    private Instant until = Instant.MIN;
    private @Nullable Noted noted;

    ArchivedUntil(Collection<Topic> topics, String groupId) {
        this.topics = topics.stream().map(Topic::title).toList();
        this.groupId = groupId;
    }

    /**
     * Looks again.
     *
     * @param now by this machine's clock
     */
    Retention.Clock look(Admin brokers, Instant now) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> next = TopicOffsets.committed(brokers, groupId);
        if (noted != null && TopicOffsets.isThrough(next, noted.ends())) {
            until = noted.at();
            noted = null;
        }
        if (noted == null) {
            // With what open transactions have written: it belongs to the month in which it was written.
            Map<TopicPartition, Long> ends = TopicOffsets.offsets(brokers, topics, OffsetSpec.latest());
            noted = new Noted(now, ends);
            if (TopicOffsets.isThrough(next, ends)) {
                until = now;
            }
        }
        Instant newest =
                Instant.ofEpochMilli(TopicOffsets.ask(brokers, topics, OffsetSpec.maxTimestamp()).values().stream()
                        .mapToLong(ListOffsetsResultInfo::timestamp)
                        .max()
                        .orElse(-1));
        return new Retention.Clock(newest.isBefore(now) ? newest : now, until);
    }

    private record Noted(Instant at, Map<TopicPartition, Long> ends) {}
}
