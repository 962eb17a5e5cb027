package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import dev.metsuke.operations.kafka.TopicSetup;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account whose log names another dataset with every access, such as a path with a number in it. */
@NeedsServers
class ManyDatasetsIT {

    private static final int DATASETS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void stopsNoPartition() throws Exception {
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), 1, (short) 1, Map.of());
            TopicSetup.apply(kafka);
            send(kafka);
            try (Detection detection = new Detection(
                            kafka,
                            DetectDriver.settings(folder.resolve("state"), "wide"),
                            DetectDriver.policy("policy: {version: v1}"),
                            new SimpleMeterRegistry());
                    Admin admin = Admin.create(kafka.clientProperties("test"))) {
                detection.start();

                TopicPartition accesses = new TopicPartition(Topic.ACCESS_EVENTS.title(), 0);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(TopicOffsets.committed(admin, "wide"))
                                .containsEntry(accesses, (long) DATASETS));
                assertThat(detection.condition()).isEqualTo(new Condition.Running());
            }
        }
    }

    private static void send(KafkaSettings kafka) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.clientProperties("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < DATASETS; i++) {
                Instant at = START.plusMillis(i * 500L);
                byte[] event = AccessEventJson.encode(DetectDriver.event("batch", at, Action.READ)
                        .dataset("/customers/" + "x".repeat(900) + "/" + i)
                        .records(1L)
                        .created(at)
                        .build());
                var _ = producer.send(new ProducerRecord<>(
                        Topic.ACCESS_EVENTS.title(), "batch".getBytes(StandardCharsets.UTF_8), event));
            }
            producer.flush();
        }
    }
}
