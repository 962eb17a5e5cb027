package dev.metsuke.shipper.position;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads back what is committed, up to the topic's very end. */
public final class PositionReader {

    private static final Duration POLL = Duration.ofMillis(200);
    /** Longer than a transaction may be open of one that is still alive. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaSettings kafka;
    private final String shipperId;
    private final BooleanSupplier stopping;

    /** Gives up with an exception once it is stopping. */
    public PositionReader(KafkaSettings kafka, String shipperId, BooleanSupplier stopping) {
        this.kafka = kafka;
        this.shipperId = shipperId;
        this.stopping = stopping;
    }

    /** Those of the shipper. */
    public Positions read() {
        return read(this::takeOwn);
    }

    /**
     * Those of files, whichever shipper read them.
     *
     * @param wanted which files are of interest
     */
    public Positions readFiles(Predicate<FilePosition> wanted) {
        return read((found, positions) -> PositionCodec.applyFile(found.key(), found.value(), positions, wanted));
    }

    /** Takes a record over. */
    private interface Taking {
        void take(ConsumerRecord<byte[], byte[]> found, Positions positions) throws MalformedDocumentException;
    }

    private Positions read(Taking taking) {
        // What is committed may lie behind another shipper's open transaction: the end is the one that counts those as
        // well.
        Map<TopicPartition, Long> end = end();
        Positions positions = new Positions();
        try (KafkaConsumer<byte[], byte[]> consumer = consumerAtTheBeginning(end.keySet())) {
            if (!readTo(end, consumer, PATIENCE, taking, positions)) {
                throw hangs();
            }
        }
        return positions;
    }

    /**
     * Whose the id is.
     *
     * @param patience for what lies behind open transactions: one may be the asker's own, which only taking over ends
     */
    public @Nullable Owner owner(Duration patience) {
        Map<TopicPartition, Long> end = end();
        Positions positions = new Positions();
        try (KafkaConsumer<byte[], byte[]> consumer = consumerAtTheBeginning(end.keySet())) {
            if (!readTo(consumer.endOffsets(end.keySet()), consumer, PATIENCE, this::takeOwn, positions)) {
                throw hangs();
            }
            var _ = readTo(end, consumer, patience, this::takeOwn, positions);
        }
        return positions.owner();
    }

    /** Whether that was reached, with patience for each step of the way. */
    private boolean readTo(
            Map<TopicPartition, Long> end,
            KafkaConsumer<byte[], byte[]> consumer,
            Duration patience,
            Taking taking,
            Positions positions) {
        Headway headway = new Headway(patience, System.nanoTime());
        while (end.entrySet().stream().anyMatch(entry -> consumer.position(entry.getKey()) < entry.getValue())) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                apply(found, taking, positions);
            }
            long read = end.keySet().stream().mapToLong(consumer::position).sum();
            if (stopping.getAsBoolean()) {
                throw new TimeoutException(Topic.POSITIONS + " was not read to its end before the stop");
            }
            if (headway.isLost(read, System.nanoTime())) {
                return false;
            }
        }
        return true;
    }

    private static TimeoutException hangs() {
        return new TimeoutException(
                Topic.POSITIONS + " cannot be read to its end; a transaction in it is open, and Kafka's"
                        + " kafka-transactions.sh find-hanging tells whether anybody will end it");
    }

    private void takeOwn(ConsumerRecord<byte[], byte[]> found, Positions positions) throws MalformedDocumentException {
        PositionCodec.apply(shipperId, found.key(), found.value(), positions);
    }

    private static void apply(ConsumerRecord<byte[], byte[]> found, Taking taking, Positions positions) {
        try {
            taking.take(found, positions);
        } catch (MalformedDocumentException e) {
            throw new KafkaException(
                    Topic.POSITIONS + "-" + found.partition() + "@" + found.offset() + " is no position: "
                            + e.getMessage(),
                    e);
        }
    }

    private Map<TopicPartition, Long> end() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(IsolationLevel.READ_UNCOMMITTED)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.POSITIONS.title()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new TimeoutException(
                        "topic " + Topic.POSITIONS + " does not exist; create it with metsuke setup");
            }
            return consumer.endOffsets(partitions);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumerAtTheBeginning(Set<TopicPartition> partitions) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(IsolationLevel.READ_COMMITTED);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private KafkaConsumer<byte[], byte[]> consumer(IsolationLevel isolation) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("metsuke-ship-positions-" + shipperId));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
