package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all that a topic holds at that moment, of what is committed. */
public final class TopicContents {

    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Object> properties;
    private final String brokers;

    public TopicContents(KafkaSettings kafka) {
        brokers = kafka.bootstrapServers();
        properties = kafka.clientProperties("metsuke-topic-reader");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
        // Nothing is waited for: what is asked for is there already.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    }

    /** Where each partition ends at this moment; empty where the topic is not there. */
    public Map<TopicPartition, Long> ends(Topic topic) throws WriteFailedException {
        try (KafkaConsumer<String, byte[]> consumer = open()) {
            return consumer.endOffsets(TopicOffsets.partitions(consumer, topic, ASK), ASK);
        } catch (KafkaException e) {
            throw unread(topic, e);
        }
    }

    /** Hands over every record; those of one key in the order in which they were written. */
    public void read(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader) throws WriteFailedException {
        read(topic, reader, false);
    }

    /**
     * The same where others write in transactions of their own: what is committed may lie behind one of theirs that is open,
     * which is waited for.
     */
    public void readPastOpenTransactions(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader)
            throws WriteFailedException {
        read(topic, reader, true);
    }

    private void read(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader, boolean isPastOpen)
            throws WriteFailedException {
        try (KafkaConsumer<String, byte[]> consumer = open()) {
            List<TopicPartition> partitions = TopicOffsets.partitions(consumer, topic, ASK);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = isPastOpen ? lastEnds(partitions) : consumer.endOffsets(partitions, ASK);
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ASK) < end.getValue())) {
                if (Instant.now().isAfter(giveUp)) {
                    throw new WriteFailedException(
                            Text.of("kafka.slow", topic.toString(), brokers, PATIENCE.toSeconds()), null);
                }
                consumer.poll(Duration.ofMillis(250)).forEach(reader);
            }
        } catch (KafkaException e) {
            throw unread(topic, e);
        }
    }

    private Map<TopicPartition, Long> lastEnds(List<TopicPartition> partitions) {
        Map<String, Object> uncommitted = new HashMap<>(properties);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(uncommitted, new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions, ASK);
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private WriteFailedException unread(Topic topic, KafkaException cause) {
        return new WriteFailedException(
                Text.of("kafka.unread", brokers, topic.toString(), Causes.describe(cause)), cause);
    }
}
