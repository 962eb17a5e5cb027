package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer on one partition, whose department is on the other, at two instances of detection. */
@NeedsServers
class NewcomerIT {

    private static final int PARTITIONS = 2;
    private static final int CLERKS = 0;
    private static final int NEWCOMER = 1;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void isJudgedByADepartmentOnAnotherPartition() throws Exception {
        // Given
        createTopics();
        try (Detection one = detection("one");
                Detection other = detection("other")) {
            one.start();
            other.start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> one.condition() instanceof Condition.Running
                            && other.condition() instanceof Condition.Running);
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int clerk = 0; clerk < 5; clerk++) {
                String account = "clerk-" + clerk;
                records.add(entry(CLERKS, account));
                for (LocalDate day = TODAY.minusDays(15); !day.isAfter(TODAY); day = day.plusDays(1)) {
                    records.add(read(CLERKS, account, day, 20));
                }
            }
            records.add(entry(NEWCOMER, "sato"));

            // When
            records.add(read(NEWCOMER, "sato", TODAY, 300));
            send(records);

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(alerts())
                            .isNotEmpty()
                            .last()
                            .satisfies(alert -> {
                                assertThat(alert.account().value()).isEqualTo("sato");
                                assertThat(alert.settings())
                                        .containsEntry("bulk-read.yardstick", "department")
                                        .containsEntry("bulk-read.usual", "20");
                            }));
        }
    }

    private static Detection detection(String name) {
        return new Detection(
                new KafkaSettings(broker.bootstrapServers(), PARTITIONS, (short) 1, Map.of()),
                DetectDriver.settings(folder.resolve(name)),
                DetectDriver.policy("policy: {version: v1, horizon: 120d, bulk-read: {ceiling: 1000}}"),
                new SimpleMeterRegistry());
    }

    /** With the producer's times, so that what is weeks old did not come late. */
    private static void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                topics.add(new NewTopic(topic.title(), PARTITIONS, (short) 1));
            }
            CreatedTopics.create(admin, topics);
        }
    }

    private static ProducerRecord<byte[], byte[]> read(int partition, String account, LocalDate day, long people) {
        Instant at = day.atTime(1, 0).toInstant(ZoneOffset.UTC);
        return new ProducerRecord<>(
                Topic.ACCESS_EVENTS.title(),
                partition,
                at.toEpochMilli(),
                account.getBytes(StandardCharsets.UTF_8),
                AccessEventJson.encode(DetectDriver.event(account, at, Action.READ)
                        .dataset("a")
                        .records(people)
                        .created(at)
                        .build()));
    }

    private static ProducerRecord<byte[], byte[]> entry(int partition, String account) {
        return new ProducerRecord<>(
                Topic.DIRECTORY.title(),
                partition,
                account.getBytes(StandardCharsets.UTF_8),
                DetectDriver.entry(account, account, "Support", null).toJson());
    }

    private static void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var _ = producer.send(record);
            }
            producer.flush();
        }
    }

    private static List<Alert> alerts() throws MalformedDocumentException {
        List<Alert> alerts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(
                    new TopicPartition(Topic.ALERTS.title(), CLERKS),
                    new TopicPartition(Topic.ALERTS.title(), NEWCOMER));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    alerts.add(Alert.fromJson(record.value()));
                }
            }
        }
        return alerts;
    }
}
