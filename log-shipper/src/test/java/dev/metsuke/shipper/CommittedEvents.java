package dev.metsuke.shipper;

import static org.awaitility.Awaitility.await;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a consumer sees that reads committed records only. */
final class CommittedEvents {

    private CommittedEvents() {}

    static void createTopics(String bootstrapServers) throws ExecutionException, InterruptedException {
        createTopics(bootstrapServers, Topic.ACCESS_EVENTS, Topic.REJECTED, Topic.POSITIONS, Topic.SEALS);
    }

    static void createTopics(String bootstrapServers, Topic... topics) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            CreatedTopics.create(
                    admin, Stream.of(topics).map(CommittedEvents::topic).toList());
        }
    }

    /** The events of a shipper in the order of their streams and sequences. */
    static List<AccessEvent> of(String bootstrapServers, String shipperId) {
        List<AccessEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : records(bootstrapServers, Topic.ACCESS_EVENTS)) {
            AccessEvent event = decode(found.value());
            if (Objects.requireNonNull(event.integrity()).stream().startsWith(shipperId + "/")) {
                events.add(event);
            }
        }
        events.sort(Comparator.comparing((AccessEvent event) -> Objects.requireNonNull(event.integrity()).stream())
                .thenComparingLong(
                        event -> Objects.requireNonNull(event.integrity()).sequence()));
        return events;
    }

    /** A number that grows whenever events are committed; cheaper to ask for than they are. */
    static long end(String bootstrapServers) {
        Map<String, Object> properties = KafkaSettings.of(bootstrapServers).clientProperties("test");
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions(consumer, Topic.ACCESS_EVENTS)).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    static List<ConsumerRecord<byte[], byte[]>> rejections(String bootstrapServers, String stream) {
        return records(bootstrapServers, Topic.REJECTED).stream()
                .filter(found -> new String(found.key(), StandardCharsets.UTF_8).equals(stream))
                .toList();
    }

    static List<ConsumerRecord<byte[], byte[]>> records(String bootstrapServers, Topic topic) {
        untilCommitsAreWhole(bootstrapServers);
        Map<String, Object> properties = KafkaSettings.of(bootstrapServers).clientProperties("test");
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** A commit is answered before every partition has its end, and until then readers see a part of it. */
    static void untilCommitsAreWhole(String bootstrapServers) {
        ListTransactionsOptions ending = new ListTransactionsOptions()
                .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> admin.listTransactions(ending).all().get().isEmpty());
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Topic topic) {
        return consumer.partitionsFor(topic.title()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static AccessEvent decode(byte[] json) {
        try {
            return AccessEventJson.decode(json);
        } catch (MalformedDocumentException e) {
            throw new AssertionError(new String(json, StandardCharsets.UTF_8), e);
        }
    }

    private static NewTopic topic(Topic topic) {
        return new NewTopic(topic.title(), 4, (short) 1).configs(topic.settings());
    }
}
