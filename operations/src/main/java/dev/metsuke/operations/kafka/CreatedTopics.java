package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Topics that can be used once they are made: Kafka's controller answers before every broker has heard of a topic, and
 * who asks for its offsets then is told that there is none.
 */
public final class CreatedTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private CreatedTopics() {}

    /**
     * Creates topics, and returns when their partitions have leaders.
     *
     * @throws ExecutionException where the brokers refuse, or a topic has no leader after half a minute
     */
    public static void create(Admin admin, Collection<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        admin.createTopics(topics).all().get();
        Collection<String> names = topics.stream().map(NewTopic::name).toList();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!haveLeaders(admin, names)) {
            if (System.nanoTime() - giveUp > 0) {
                throw new ExecutionException(new LeaderNotAvailableException(
                        "the brokers know no leader of " + String.join(", ", names) + " after " + PATIENCE));
            }
            Thread.sleep(PAUSE);
        }
    }

    private static boolean haveLeaders(Admin admin, Collection<String> names)
            throws ExecutionException, InterruptedException {
        try {
            Map<String, TopicDescription> known =
                    admin.describeTopics(names).allTopicNames().get();
            return known.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }
}
