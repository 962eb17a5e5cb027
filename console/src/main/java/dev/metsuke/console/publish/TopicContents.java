package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicReading;
import dev.metsuke.operations.kafka.UnreadTopicException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all that a topic holds at that moment, of what is committed, for somebody who waits for the answer. */
public final class TopicContents {

    private static final Duration ASK = Duration.ofSeconds(5);

    private final KafkaSettings kafka;

    public TopicContents(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** Where each partition ends at this moment, of what is committed. */
    public Map<TopicPartition, Long> ends(Topic topic) throws WriteFailedException {
        try {
            return reading(topic).ends();
        } catch (UnreadTopicException e) {
            throw new WriteFailedException(text(topic, e), e);
        }
    }

    /** Hands over every record; those of one key in the order in which they were written. */
    public void read(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader) throws WriteFailedException {
        read(topic, reading(topic), reader);
    }

    /** The same {@linkplain TopicReading#pastOpenTransactions past open transactions}. */
    public void readPastOpenTransactions(Topic topic, Consumer<ConsumerRecord<String, byte[]>> reader)
            throws WriteFailedException {
        read(topic, reading(topic).pastOpenTransactions(), reader);
    }

    private TopicReading reading(Topic topic) {
        return TopicReading.of(kafka, topic, "metsuke-topic-reader").answeredWithin(ASK);
    }

    private void read(Topic topic, TopicReading reading, Consumer<ConsumerRecord<String, byte[]>> reader)
            throws WriteFailedException {
        try {
            reading.forEach(new StringDeserializer(), reader);
        } catch (UnreadTopicException e) {
            throw new WriteFailedException(text(topic, e), e);
        }
    }

    private Text text(Topic topic, UnreadTopicException unread) {
        String brokers = kafka.bootstrapServers();
        return switch (unread.why()) {
            case MISSING -> Text.of("kafka.no-topic", topic.toString());
            case SILENT -> Text.of("kafka.slow", topic.toString(), brokers, TopicReading.PATIENCE.toSeconds());
            case FORBIDDEN, AWAY ->
                Text.of(
                        "kafka.unread",
                        brokers,
                        topic.toString(),
                        Causes.describe(Objects.requireNonNullElse(unread.getCause(), unread)));
        };
    }
}
