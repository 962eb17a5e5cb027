package dev.metsuke.operations.kafka;

import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads all that a topic holds at one moment, of what is committed. */
public final class TopicReading {

    /** How long nothing may come. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final Topic topic;
    private final String clientId;
    private final Duration patience;
    private final boolean isPastOpenTransactions;

    private TopicReading(
            KafkaSettings kafka, Topic topic, String clientId, Duration patience, boolean isPastOpenTransactions) {
        this.kafka = kafka;
        this.topic = topic;
        this.clientId = clientId;
        this.patience = patience;
        this.isPastOpenTransactions = isPastOpenTransactions;
    }

    /** Connects to nothing yet. */
    public static TopicReading of(KafkaSettings kafka, Topic topic, String clientId) {
        return new TopicReading(kafka, topic, clientId, PATIENCE, false);
    }

    /** The same with this patience until Kafka says where the topic ends: somebody waits who can come again. */
    public TopicReading answeredWithin(Duration time) {
        return new TopicReading(kafka, topic, clientId, time, isPastOpenTransactions);
    }

    /**
     * The same where others write in transactions of their own: what is committed may lie behind one of theirs that is open,
     * which is waited for.
     */
    public TopicReading pastOpenTransactions() {
        return new TopicReading(kafka, topic, clientId, patience, true);
    }

    /**
     * Where each partition ends at this moment.
     *
     * @throws UnreadTopicException where that cannot be told
     */
    public Map<TopicPartition, Long> ends() throws UnreadTopicException {
        return asking(new ByteArrayDeserializer(), this::ends);
    }

    /**
     * Hands over every record; those of one key in the order in which they were written.
     *
     * @throws UnreadTopicException where not all of it could be read
     */
    public <K> void forEach(Deserializer<K> keys, Consumer<ConsumerRecord<K, byte[]>> reader)
            throws UnreadTopicException {
        asking(keys, (consumer, partitions) -> {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            read(consumer, ends(consumer, partitions), reader);
            return partitions;
        });
    }

    /** What is asked of Kafka of a topic that is there. */
    private interface Question<K, T> {
        T ask(KafkaConsumer<K, byte[]> consumer, List<TopicPartition> partitions) throws UnreadTopicException;
    }

    private <K, T> T asking(Deserializer<K> keys, Question<K, T> question) throws UnreadTopicException {
        try (KafkaConsumer<K, byte[]> consumer = consumer(keys, "read_committed")) {
            List<TopicPartition> partitions = TopicOffsets.partitions(consumer, topic, patience);
            if (partitions.isEmpty()) {
                throw new UnreadTopicException(
                        UnreadTopicException.Why.MISSING, "Kafka has no topic " + topic + "; run metsuke setup", null);
            }
            return question.ask(consumer, partitions);
        } catch (AuthorizationException e) {
            throw new UnreadTopicException(
                    UnreadTopicException.Why.FORBIDDEN,
                    "Kafka at " + kafka.bootstrapServers() + " does not let this account read " + topic + " ("
                            + e.getMessage() + "); section access and metsuke setup give the right to it",
                    e);
        } catch (KafkaException e) {
            throw new UnreadTopicException(
                    UnreadTopicException.Why.AWAY,
                    "Kafka at " + kafka.bootstrapServers() + " does not answer: " + Causes.describe(e),
                    e);
        }
    }

    private Map<TopicPartition, Long> ends(KafkaConsumer<?, byte[]> committed, List<TopicPartition> partitions) {
        if (!isPastOpenTransactions) {
            return committed.endOffsets(partitions, patience);
        }
        try (KafkaConsumer<byte[], byte[]> all = consumer(new ByteArrayDeserializer(), "read_uncommitted")) {
            return all.endOffsets(partitions, patience);
        }
    }

    private <K> void read(
            KafkaConsumer<K, byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<K, byte[]>> reader)
            throws UnreadTopicException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), patience) < end.getValue())) {
            if (Instant.now().isAfter(giveUp)) {
                throw new UnreadTopicException(
                        UnreadTopicException.Why.SILENT,
                        "nothing more came of " + topic + " within " + PATIENCE.toSeconds() + " s",
                        null);
            }
            ConsumerRecords<K, byte[]> some = consumer.poll(Duration.ofMillis(250));
            some.forEach(reader);
            if (!some.isEmpty()) {
                giveUp = Instant.now().plus(PATIENCE);
            }
        }
    }

    private <K> KafkaConsumer<K, byte[]> consumer(Deserializer<K> keys, String isolation) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties(clientId));
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Where Kafka deletes what comes next, the reading goes on behind it, and does not end.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        // Nothing is waited for: what is asked for is there already.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        return new KafkaConsumer<>(properties, keys, new ByteArrayDeserializer());
    }
}
