package dev.metsuke.operations.kafka;

import dev.metsuke.events.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

/** Reads all that a topic holds at one moment, of what is committed; for commands, which have nobody else to ask. */
public final class TopicReading {

    /** How long nothing may come. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final Topic topic;
    private final String clientId;

    private TopicReading(KafkaSettings kafka, Topic topic, String clientId) {
        this.kafka = kafka;
        this.topic = topic;
        this.clientId = clientId;
    }

    /** Connects to nothing yet. */
    public static TopicReading of(KafkaSettings kafka, Topic topic, String clientId) {
        return new TopicReading(kafka, topic, clientId);
    }

    /**
     * Hands over every record; those of one key in the order in which they were written.
     *
     * @throws IOException where Kafka cannot be read, or has no such topic
     */
    public <K> void forEach(Deserializer<K> keys, Consumer<ConsumerRecord<K, byte[]>> reader) throws IOException {
        Map<String, Object> properties = kafka.clientProperties(clientId);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Where Kafka deletes what comes next, the reading goes on behind it, and does not end.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Nothing is waited for: what is asked for is there already.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        try (KafkaConsumer<K, byte[]> consumer = new KafkaConsumer<>(properties, keys, new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = TopicOffsets.partitions(consumer, topic, PATIENCE);
            if (partitions.isEmpty()) {
                throw new IOException("Kafka has no topic " + topic + "; run metsuke setup");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(giveUp)) {
                    throw new IOException("nothing more came of " + topic + " within " + PATIENCE.toSeconds() + " s");
                }
                ConsumerRecords<K, byte[]> some = consumer.poll(Duration.ofMillis(250));
                some.forEach(reader);
                if (!some.isEmpty()) {
                    giveUp = Instant.now().plus(PATIENCE);
                }
            }
        } catch (AuthorizationException e) {
            throw new IOException(
                    "Kafka at " + kafka.bootstrapServers() + " does not let this account read " + topic + " ("
                            + e.getMessage() + "); section access and metsuke setup give the right to it",
                    e);
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + kafka.bootstrapServers() + " does not answer: " + Causes.describe(e), e);
        }
    }
}
