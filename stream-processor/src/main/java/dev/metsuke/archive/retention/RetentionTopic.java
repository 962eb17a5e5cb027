package dev.metsuke.archive.retention;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to {@code metsuke.retention}, and reads the legal holds that stand there. */
public final class RetentionTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;

    public RetentionTopic(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    public void write(LegalHold hold) throws IOException {
        write(hold.holdId(), hold.eventId(), hold.toJson());
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    void write(IndexDeletion deletion) throws IOException {
        write(deletion.index(), deletion.eventId(), deletion.toJson());
    }

    private void write(String key, String id, byte[] value) throws IOException {
        Map<String, Object> properties = kafka.clientProperties("metsuke-retention-writer");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        properties.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.toIntExact(PATIENCE.dividedBy(2).toMillis()));
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topic.RETENTION.title(), key, value);
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
     * Every legal hold that there ever was, the one placed first first.
     *
     * @throws IOException where Kafka cannot be read, or holds what cannot be understood: it might be a hold
     */
    public List<LegalHold> holds() throws IOException {
        Map<String, LegalHold> holds = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : contents()) {
            try {
                JsonDocument document = JsonDocument.parse(record.value() == null ? new byte[0] : record.value());
                if (LegalHold.isOne(document)) {
                    LegalHold hold = LegalHold.fromJson(document);
                    holds.merge(hold.holdId(), hold, (before, after) -> before.isInForce() ? after : before);
                }
            } catch (MalformedDocumentException e) {
                throw new IOException(
                        Topic.RETENTION + "-" + record.partition() + "@" + record.offset()
                                + " cannot be understood, and may be a legal hold: " + e.getMessage(),
                        e);
            }
        }
        return holds.values().stream()
                .sorted((one, other) -> one.placedAt().compareTo(other.placedAt()))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> contents() throws IOException {
        Map<String, Object> properties = kafka.clientProperties("metsuke-retention-reader");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics(PATIENCE).getOrDefault(Topic.RETENTION.title(), List.of()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new IOException("Kafka has no topic " + Topic.RETENTION + "; run metsuke setup");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(giveUp)) {
                    throw new IOException(Topic.RETENTION + " could not be read within " + PATIENCE.toSeconds() + " s");
                }
                consumer.poll(Duration.ofMillis(250)).forEach(records::add);
            }
        } catch (KafkaException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not answer: " + e, e);
        }
        return records;
    }
}
