package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.CreatedTopics;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.servers.testing.NeedsServers;
import dev.metsuke.servers.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsServers
class DetectionIT {

    private static final int PARTITIONS = 2;
    private static final int SEEDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(folder.resolve("kafka"));
        for (Topic topic : Topic.values()) {
            create(topic.title(), topic.settings());
        }
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void failsWithAdviceWhereTopicsAreMissing() {
        try (TestBroker empty = TestBroker.start(folder.resolve("empty"))) {
            assertThat(whyItFails(empty, DetectDriver.settings(folder.resolve("never"))))
                    .contains("Kafka has no topic ")
                    .endsWith("run metsuke setup");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "accesses"})
    void failsWithAdviceWhereAnEarlierBuildsStateWouldBePassedOver(String store) throws Exception {
        String id = "with-former-" + store;
        String topic = id + "-" + store + "-changelog";
        create(topic, Map.of());

        assertThat(whyItFails(broker, DetectDriver.settings(folder.resolve("never"), id)))
                .contains("Kafka has the topic " + topic, "another detect.application-id");
    }

    private static String whyItFails(TestBroker kafka, DetectSettings settings) {
        try (Detection detection = new Detection(
                KafkaSettings.of(kafka.bootstrapServers()),
                settings,
                ArrivalOrderTest.POLICY,
                new SimpleMeterRegistry())) {
            detection.start();
            Awaitility.await().atMost(PATIENCE).until(() -> detection.condition() instanceof Condition.Failed);
            return detection.condition().describe();
        }
    }

    @Test
    void judgesExactlyOnceThoughKilled() throws Exception {
        // Given
        Set<String> expected = new TreeSet<>();
        List<ProducerRecord<byte[], byte[]>> records = records(expected);
        records.addFirst(garbage());
        records.addLast(garbage());
        int half = records.size() / 2;
        Process first = process();
        send(records.subList(0, half));
        Awaitility.await().atMost(PATIENCE).until(() -> messages(Topic.ALERTS).size() > SEEDS / 2);

        // When
        first.destroyForcibly().waitFor();
        send(records.subList(half, records.size()));
        long restarted = System.nanoTime();
        int before = messages(Topic.ALERTS).size();
        Process second = process();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> messages(Topic.ALERTS).size() > before);
            System.out.printf("Judged again %d ms after the restart%n", (System.nanoTime() - restarted) / 1_000_000);

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(holding(messages(Topic.ALERTS))).containsExactlyInAnyOrderElementsOf(expected));
            assertThat(repeated(messages(Topic.ALERTS))).isEmpty();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(messages(Topic.REJECTED)).hasSize(2));
        } finally {
            second.destroyForcibly().waitFor();
        }
    }

    @Test
    void tellsOnceOfAccessesThatKafkaDeletedBeforeTheyWereJudged() throws Exception {
        TopicPartition partition = new TopicPartition(Topic.ACCESS_EVENTS.title(), 0);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        DeletedUnjudged lost = new DeletedUnjudged("behind", meters);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            send(Collections.nCopies(12, new ProducerRecord<>(partition.topic(), partition.partition(), null, null)));
            lost.look(admin);
            commit(admin, "behind", partition, 3);
            lost.look(admin);
            assertThat(meters.counter("metsuke.detect.lost").count()).isZero();

            // When
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(10)))
                    .all()
                    .get();
            lost.look(admin);
            lost.look(admin);

            // Then
            assertThat(meters.counter("metsuke.detect.lost").count()).isEqualTo(7);

            commit(admin, "behind", partition, 12);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(12)))
                    .all()
                    .get();
            lost.look(admin);
            assertThat(meters.counter("metsuke.detect.lost").count()).isEqualTo(7);
        }
    }

    @Test
    void waitsWhileNoBrokerAnswers() {
        try (Detection detection = new Detection(
                KafkaSettings.of(broker.bootstrapServers()),
                DetectDriver.settings(folder.resolve("waiting")),
                ArrivalOrderTest.POLICY,
                new SimpleMeterRegistry())) {
            // Given
            detection.start();
            untilRunning(detection);

            // When
            broker.kill();

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(detection.condition().describe())
                            .startsWith("waiting: no broker answers at " + broker.bootstrapServers()));

            // When
            broker.restart();

            // Then
            untilRunning(detection);
        }
    }

    private static void untilRunning(Detection detection) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(detection.condition()).isEqualTo(new Condition.Running()));
    }

    private static void commit(Admin admin, String group, TopicPartition partition, long next) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(next)))
                .all()
                .get();
    }

    private static List<ProducerRecord<byte[], byte[]>> records(Set<String> expected) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Instant arrival = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        for (int seed = 0; seed < SEEDS; seed++) {
            String account = "account-" + seed;
            // The broker stamps them with its own clock: all of them come late, days after they happened.
            List<AccessEvent> events = ArrivalOrderTest.events(account, new Random(seed)).stream()
                    .map(event -> event.toBuilder().created(arrival).build())
                    .toList();
            List<StatusReport> reports = ArrivalOrderTest.reports(account, new Random(seed + 1_000_000L));
            expected.addAll(BatchOracle.alerts(
                    account, ArrivalOrderTest.POLICY, new BatchOracle.Known(events, reports, List.of(), List.of())));
            events.forEach(event -> records.add(record(Topic.ACCESS_EVENTS, account, AccessEventJson.encode(event))));
            reports.forEach(report -> records.add(record(Topic.ACCOUNT_STATUS, account, report.toJson())));
        }
        Collections.shuffle(records, new Random(0));
        return records;
    }

    private static ProducerRecord<byte[], byte[]> garbage() {
        return record(Topic.ACCESS_EVENTS, "account-0", "garbage".getBytes(StandardCharsets.UTF_8));
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(topic.title(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DetectProcess.class.getName(),
                        broker.bootstrapServers(),
                        folder.resolve("state").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "detect.log")))
                .start();
    }

    private static void create(String topic, Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            CreatedTopics.create(admin, List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(settings)));
        }
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

    /** What is committed, by partition and so by account in order. */
    private static List<ConsumerRecord<byte[], byte[]>> messages(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                partitions.add(new TopicPartition(topic.title(), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(messages::add);
            }
        }
        return messages;
    }

    private static List<String> holding(List<ConsumerRecord<byte[], byte[]>> messages) {
        Map<String, Alert> latest = new TreeMap<>();
        messages.forEach(message -> {
            Alert alert = alert(message);
            latest.put(alert.id(), alert);
        });
        return latest.values().stream()
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .map(BatchOracle::line)
                .toList();
    }

    /** Messages that say again what the one before them about the same alert said. */
    private static List<String> repeated(List<ConsumerRecord<byte[], byte[]>> messages) {
        Map<String, byte[]> last = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : messages) {
            byte[] before = last.put(alert(message).id(), message.value());
            if (Arrays.equals(before, message.value())) {
                repeated.add(new String(message.value(), StandardCharsets.UTF_8));
            }
        }
        return repeated;
    }

    private static Alert alert(ConsumerRecord<byte[], byte[]> message) {
        try {
            return Alert.fromJson(message.value());
        } catch (MalformedDocumentException e) {
            throw new AssertionError(e);
        }
    }
}
