package dev.metsuke.detect.policy;

import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes policies to {@code metsuke.policy} and reads what stands there. */
public final class PolicyTopic {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;

    public PolicyTopic(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    public void publish(PublishedPolicy policy) throws IOException {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("metsuke-policy-writer"));
        properties.put("enable.idempotence", "true");
        properties.put("delivery.timeout.ms", Math.toIntExact(PATIENCE.toMillis()));
        properties.put("max.block.ms", PATIENCE.toMillis());
        properties.put(
                "request.timeout.ms", Math.toIntExact(PATIENCE.dividedBy(2).toMillis()));
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topic.POLICY.title(), policy.version().getBytes(StandardCharsets.UTF_8), policy.toJson());
        record.headers().add(Header.ID, policy.eventId().getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before Kafka had the policy", e);
        } catch (ExecutionException | KafkaException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " did not take the policy: " + e, e);
        }
    }

    /**
     * Every version, from the one published first to the one in force.
     *
     * @throws IOException where Kafka cannot be read
     */
    public List<PublishedPolicy> published() throws IOException {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("metsuke-policy-reader"));
        properties.put("enable.auto.commit", "false");
        properties.put("allow.auto.create.topics", "false");
        Map<String, PublishedPolicy> byVersion = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics(PATIENCE).getOrDefault(Topic.POLICY.title(), List.of()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            Instant giveUp = Instant.now().plus(PATIENCE);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (Instant.now().isAfter(giveUp)) {
                    throw new IOException(Topic.POLICY + " could not be read within " + PATIENCE.toSeconds() + " s");
                }
                consumer.poll(Duration.ofMillis(250))
                        .forEach(record -> remember(record.key(), record.value(), byVersion));
            }
        } catch (KafkaException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not answer: " + e, e);
        }
        List<PublishedPolicy> policies = new ArrayList<>(byVersion.values());
        policies.sort(null);
        return policies;
    }

    private static void remember(byte[] key, byte[] value, Map<String, PublishedPolicy> byVersion) {
        if (key == null) {
            return;
        }
        String version = new String(key, StandardCharsets.UTF_8);
        byVersion.remove(version);
        try {
            if (value != null) {
                byVersion.put(version, PublishedPolicy.fromJson(value));
            }
        } catch (MalformedDocumentException e) {
            LOG.warn("{} holds no policy under {}: {}", Topic.POLICY, version, e.getMessage());
        }
    }
}
