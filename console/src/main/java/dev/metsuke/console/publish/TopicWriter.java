package dev.metsuke.console.publish;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes messages keyed by account to one topic, and returns when all brokers that count have them. */
public final class TopicWriter implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Topic topic;
    private final Map<String, Object> properties;
    private final String brokers;
    private @Nullable KafkaProducer<String, byte[]> producer;

    public TopicWriter(Topic topic, KafkaSettings kafka, String clientId) {
        this.topic = topic;
        this.brokers = kafka.bootstrapServers();
        properties = kafka.clientProperties(clientId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
    }

    /** What to write: a key, the message's own id where it has one, and the message. */
    public static final class Message {

        private final AccountId account;
        private final @Nullable String id;
        private final byte[] value;

        public Message(AccountId account, @Nullable String id, byte[] value) {
            this.account = account;
            this.id = id;
            this.value = value.clone();
        }

        private ProducerRecord<String, byte[]> on(Topic topic) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.title(), account.value(), value);
            if (id != null) {
                record.headers().add(Header.ID, id.getBytes(StandardCharsets.UTF_8));
            }
            return record;
        }
    }

    /**
     * Writes all of them, in order.
     *
     * @throws WriteFailedException where Kafka did not take them; writing the same ids again is harmless
     */
    public void write(List<Message> messages) throws WriteFailedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
        try {
            KafkaProducer<String, byte[]> open = open();
            for (Message message : messages) {
                sent.add(open.send(message.on(topic)));
            }
            for (Future<RecordMetadata> future : sent) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(PATIENCE);
            producer = null;
        }
    }

    // Made when first needed: most consoles only read.
    private synchronized KafkaProducer<String, byte[]> open() {
        if (producer == null) {
            producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private WriteFailedException failed(Throwable cause) {
        return new WriteFailedException(
                "Kafka at " + brokers + " did not take it for " + topic + " (" + cause.getMessage()
                        + "); what was sent may be there in part, and sending it again is harmless",
                cause);
    }
}
