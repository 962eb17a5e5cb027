package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Topics that can be used once they are made: Kafka's controller answers before every broker has heard of a topic, and
 * who asks for its offsets then is told that there is none. It places nothing where all brokers are fenced, as they are for a
 * moment when they start or were not heard of for too long.
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
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        for (NewTopic topic : topics) {
            place(admin, topic, giveUp);
        }
        Collection<String> names = topics.stream().map(NewTopic::name).toList();
        while (!haveLeaders(admin, names)) {
            if (System.nanoTime() - giveUp > 0) {
                throw new ExecutionException(new LeaderNotAvailableException(
                        "the brokers know no leader of " + String.join(", ", names) + " after " + PATIENCE));
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void place(Admin admin, NewTopic topic, long giveUp)
            throws ExecutionException, InterruptedException {
        while (true) {
            try {
                admin.createTopics(List.of(topic)).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InvalidReplicationFactorException)
                        || System.nanoTime() - giveUp > 0
                        || knownBrokers(admin) < topic.replicationFactor()) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The fenced among them, where the brokers tell of those; Kafka's do since 4.0. */
    private static int knownBrokers(Admin admin) throws ExecutionException, InterruptedException {
        try {
            return admin.describeCluster(new DescribeClusterOptions().includeFencedBrokers(true))
                    .nodes()
                    .get()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnsupportedVersionException) {
                return 0;
            }
            throw e;
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
