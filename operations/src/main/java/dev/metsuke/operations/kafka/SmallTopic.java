package dev.metsuke.operations.kafka;

import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic that people's decisions stand in: they are written one by one, without transactions, and read all at once. */
public final class SmallTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final Topic topic;

    /** Connects to nothing yet. */
    public SmallTopic(KafkaSettings kafka, Topic topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * Returns when Kafka has it.
     *
     * @param id the message's own, by which a repeat is known
     * @throws IOException where Kafka does not take it
     */
    public void write(String key, String id, byte[] value) throws IOException {
        Map<String, Object> properties = kafka.clientProperties(clientId("writer"));
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(PATIENCE.dividedBy(2).toMillis()));
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.title(), key, value);
        record.headers().add(Header.ID, id.getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before Kafka had it", e);
        } catch (ExecutionException | KafkaException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " did not take it: " + e, e);
        }
    }

    /**
     * All that it holds at this moment; of one key in the order in which it was written.
     *
     * @throws IOException where Kafka cannot be read, or has no such topic
     */
    public List<ConsumerRecord<String, byte[]>> contents() throws IOException {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        TopicReading.of(kafka, topic, clientId("reader")).forEach(new StringDeserializer(), records::add);
        return records;
    }

    private String clientId(String part) {
        return topic.title().replace('.', '-') + "-" + part;
    }
}
