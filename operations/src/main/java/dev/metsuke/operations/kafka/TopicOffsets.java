package dev.metsuke.operations.kafka;

import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the partitions of topics begin and end, and where a consumer group goes on in them. */
public final class TopicOffsets {

    private TopicOffsets() {}

    /**
     * Asks about every partition, open transactions included.
     *
     * @param topics by their names; one that does not exist fails the whole question
     */
    public static Map<TopicPartition, ListOffsetsResultInfo> ask(
            Admin brokers, Collection<String> topics, OffsetSpec what) throws ExecutionException, InterruptedException {
        return ask(brokers, topics, what, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Committed only: what lies behind the first open transaction is not there yet. */
    private static Map<TopicPartition, ListOffsetsResultInfo> ask(
            Admin brokers, Collection<String> topics, OffsetSpec what, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        brokers.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.put(new TopicPartition(topic, partition.partition()), what)));
        return brokers.listOffsets(partitions, new ListOffsetsOptions(isolation))
                .all()
                .get();
    }

    /** The offset alone that answers for every partition, open transactions included. */
    public static Map<TopicPartition, Long> offsets(Admin brokers, Collection<String> topics, OffsetSpec what)
            throws ExecutionException, InterruptedException {
        return offsets(ask(brokers, topics, what));
    }

    /** Where every partition ends for readers of committed records. */
    public static Map<TopicPartition, Long> committedEnds(Admin brokers, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        return offsets(ask(brokers, topics, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED));
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> answers) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answers.forEach((partition, answer) -> offsets.put(partition, answer.offset()));
        return offsets;
    }

    /**
     * A topic's partitions; none where there is no such topic.
     *
     * @throws org.apache.kafka.common.errors.AuthorizationException where one may not know: a list of all topics would leave
     *     it out, as if it were not there
     */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Topic topic, Duration patience) {
        return consumer.partitionsFor(topic.title(), patience).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The offset at which a group goes on, for each partition of which it has committed one. */
    public static Map<TopicPartition, Long> committed(Admin brokers, String groupId)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> next = new HashMap<>();
        brokers.listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, committed) -> {
                    // Null where the group has committed nothing of a partition.
                    if (committed != null) {
                        next.put(partition, committed.offset());
                    }
                });
        return next;
    }

    /** Whether a group that goes on there has taken all that lies before these ends. */
    public static boolean isThrough(Map<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
