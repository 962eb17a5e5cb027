package dev.metsuke.archive.retention;

import dev.metsuke.events.topic.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Knows up to which moment all that Kafka held is archived, however much came since: it notes where the topics end, and
 * waits until the archive has committed that.
 */
final class ArchivedUntil {

    private final Collection<Topic> topics;
    private final String groupId;
    private Instant until = Instant.MIN;
    private @Nullable Noted noted;

    ArchivedUntil(Collection<Topic> topics, String groupId) {
        this.topics = topics;
        this.groupId = groupId;
    }

    /**
     * Looks again.
     *
     * @param now by this machine's clock
     */
    Retention.Clock look(Admin brokers, Instant now) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = brokers.listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get();
        if (noted != null && noted.isReached(committed)) {
            until = noted.at();
            noted = null;
        }
        if (noted == null) {
            // With what open transactions have written: it belongs to the month in which it was written.
            Map<TopicPartition, Long> ends = new HashMap<>();
            ask(brokers, OffsetSpec.latest()).forEach((partition, end) -> ends.put(partition, end.offset()));
            noted = new Noted(now, ends);
            if (noted.isReached(committed)) {
                until = now;
            }
        }
        Instant newest = Instant.ofEpochMilli(ask(brokers, OffsetSpec.maxTimestamp()).values().stream()
                .mapToLong(ListOffsetsResultInfo::timestamp)
                .max()
                .orElse(-1));
        return new Retention.Clock(newest.isBefore(now) ? newest : now, until);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ask(Admin brokers, OffsetSpec what)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        brokers.describeTopics(topics.stream().map(Topic::title).toList())
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.put(new TopicPartition(topic, partition.partition()), what)));
        return brokers.listOffsets(partitions).all().get();
    }

    private record Noted(Instant at, Map<TopicPartition, Long> ends) {

        boolean isReached(Map<TopicPartition, OffsetAndMetadata> committed) {
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata through = committed.get(end.getKey());
                return (through == null ? 0 : through.offset()) >= end.getValue();
            });
        }
    }
}
