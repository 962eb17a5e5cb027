package dev.metsuke.detect;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.TopicOffsets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the accesses that Kafka deleted before detection came to them, of which Kafka Streams says nothing. It is an upper
 * bound, since the ends of transactions have offsets too. Where detection falls behind and catches up between two looks, it
 * is missed.
 */
final class DeletedUnjudged {

    private static final Logger LOG = LoggerFactory.getLogger(DeletedUnjudged.class);

    private final String groupId;
    private final Counter counter;
    private final Map<TopicPartition, Long> counted = new HashMap<>();

    /**
     * Has looked at nothing yet.
     *
     * @param groupId under which Kafka keeps how far detection is
     */
    DeletedUnjudged(String groupId, MeterRegistry meters) {
        this.groupId = groupId;
        counter = Counter.builder("metsuke.detect.lost")
                .description("Accesses that Kafka deleted before they were judged")
                .register(meters);
    }

    /** Looks again. The beginnings come first: what is committed later than that has not met what they deleted. */
    void look(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> beginnings =
                TopicOffsets.offsets(admin, List.of(Topic.ACCESS_EVENTS.title()), OffsetSpec.earliest());
        Map<TopicPartition, Long> committed = TopicOffsets.committed(admin, groupId);
        beginnings.forEach((partition, beginning) -> {
            Long next = committed.get(partition);
            if (next != null) {
                note(partition, Math.max(next, counted.getOrDefault(partition, 0L)), beginning);
            }
        });
    }

    private void note(TopicPartition partition, long next, long beginning) {
        if (next < beginning) {
            counted.put(partition, beginning);
            counter.increment((double) beginning - next);
            LOG.error(
                    "Kafka deleted up to {} accesses of {} (offsets {} to {}) before they were judged; its retention is"
                            + " shorter than detection was away. Those that are archived, metsuke retrohunt judges.",
                    beginning - next,
                    partition,
                    next,
                    beginning - 1);
        }
    }
}
