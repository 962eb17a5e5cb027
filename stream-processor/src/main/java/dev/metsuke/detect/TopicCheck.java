package dev.metsuke.detect;

import dev.metsuke.detect.history.AccessHistory;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.events.topic.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Looks whether the topics are there, and cut alike, as an account's records must all reach the same instance; and whether what an
 * earlier build remembers would be passed over.
 */
final class TopicCheck {

    private static final List<Topic> INPUTS =
            List.of(Topic.ACCESS_EVENTS, Topic.ACCOUNT_STATUS, Topic.DIRECTORY, Topic.EXPORT_APPROVALS);
    private static final List<Topic> OTHERS = List.of(Topic.POLICY, Topic.BASELINES, Topic.ALERTS, Topic.REJECTED);

    private TopicCheck() {}

    /** The topics that detection reads or writes, but for its own, by their names. */
    static List<String> titles() {
        return Stream.concat(INPUTS.stream(), OTHERS.stream()).map(Topic::title).toList();
    }

    /** What is wrong with the topics, and what to do; empty where nothing is. */
    static Optional<String> problem(Admin admin, String applicationId) throws ExecutionException, InterruptedException {
        List<String> titles = new ArrayList<>(titles());
        titles.addAll(formerState(applicationId));
        return problem(partitions(admin, titles), applicationId);
    }

    /** The same by the number of partitions of each topic that exists. */
    static Optional<String> problem(Map<String, Integer> partitions, String applicationId) {
        Optional<String> former = formerState(applicationId).stream()
                .filter(partitions::containsKey)
                .findFirst();
        if (former.isPresent()) {
            return Optional.of(
                    "Kafka has the topic " + former.get() + ", in which an earlier build of Metsuke remembers accounts"
                            + " in a way that this one cannot read; give detection"
                            + " another detect.application-id, by which it judges anew"
                            + " what its topics hold, or run the build that wrote it");
        }
        List<String> missing = new ArrayList<>();
        Map<String, Integer> inputs = new TreeMap<>();
        for (Topic topic : INPUTS) {
            Integer count = partitions.get(topic.title());
            if (count == null) {
                missing.add(topic.title());
            } else {
                inputs.put(topic.title(), count);
            }
        }
        OTHERS.stream()
                .map(Topic::title)
                .filter(title -> !partitions.containsKey(title))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            return Optional.of("Kafka has no topic " + String.join(", ", missing) + "; run metsuke setup");
        }
        if (inputs.values().stream().distinct().count() > 1) {
            return Optional.of(
                    "the topics that detection reads must have the same number of partitions, but they have " + inputs
                            + "; create them anew, or add partitions where there are fewer before any record is"
                            + " written");
        }
        return Optional.empty();
    }

    /** Changelogs as Kafka Streams names them. */
    private static List<String> formerState(String applicationId) {
        return Stream.concat(AccountStore.FORMER_ACCOUNTS.stream(), Stream.of(AccessHistory.FORMER_STORE))
                .map(store -> applicationId + "-" + store + "-changelog")
                .toList();
    }

    private static Map<String, Integer> partitions(Admin admin, Collection<String> titles)
            throws ExecutionException, InterruptedException {
        Map<String, Integer> partitions = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(titles).topicNameValues().entrySet()) {
            try {
                partitions.put(
                        topic.getKey(), topic.getValue().get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }
}
