package dev.metsuke.archive;

import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what the archive committed with where the archived topics end. */
final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final KafkaSettings settings;
    private final String groupId;
    private @Nullable Admin admin;

    CatchUp(KafkaSettings settings, String groupId) {
        this.settings = settings;
        this.groupId = groupId;
    }

    synchronized boolean isThrough() {
        try {
            return compare(admin());
        } catch (ExecutionException e) {
            LOG.debug("How far the archive is cannot be asked now.", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean compare(Admin brokers) throws ExecutionException, InterruptedException {
        List<String> topics = TopicIndexing.topics().stream().map(Topic::title).toList();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        brokers.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends = brokers.listOffsets(
                        latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        Map<TopicPartition, OffsetAndMetadata> committed = brokers.listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata through = committed.get(end.getKey());
            return (through == null ? 0 : through.offset()) >= end.getValue().offset();
        });
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.clientProperties("metsuke-archive-progress"));
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close();
            admin = null;
        }
    }
}
