package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    private static final String TOPIC = "visits";

    @TempDir
    Path folder;

    @Test
    void committedRecordsSurviveStopAndKillOnTheSamePort() throws Exception {
        int port;
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder)) {
            port = broker.port();
            createTopic(broker);
            produce(broker, "first", true);
            produce(broker, "aborted", false);
            assertThat(committed(broker, 1)).containsExactly("first");
        }

        EmbeddedKafka again = EmbeddedKafka.start(folder);
        assertThat(again.port()).isEqualTo(port);
        produce(again, "second", true);
        // A commit is durable before its markers are written, which only then show it.
        assertThat(committed(again, 2)).containsExactly("first", "second");
        again.kill();
        assertThat(again.isAlive()).isFalse();

        try (EmbeddedKafka afterKill = EmbeddedKafka.start(folder)) {
            assertThat(afterKill.port()).isEqualTo(port);
            assertThat(committed(afterKill, 2)).containsExactly("first", "second");
        }
    }

    @Test
    void twoRunAtOnceThoughBothPreferOnePort() {
        // Given
        int preferred = LoopbackPorts.choose(Set.of());
        ServerOptions one = ServerOptions.in(folder.resolve("one")).withPreferredPort(preferred);
        ServerOptions other = ServerOptions.in(folder.resolve("other")).withPreferredPort(preferred);
        try (EmbeddedKafka first = EmbeddedKafka.start(one)) {

            // When
            try (EmbeddedKafka second = EmbeddedKafka.startAsync(other).join()) {

                // Then
                assertThat(first.port()).isEqualTo(preferred);
                assertThat(second.port()).isNotEqualTo(preferred);
                assertThat(first.isAlive()).isTrue();
                assertThat(second.isAlive()).isTrue();
            }
        }
    }

    @Test
    void leavesCtrlCToItsParentAndEndsWhenAsked() throws Exception {
        // Given
        EmbeddedKafka broker = EmbeddedKafka.start(folder);

        // When
        interrupt(broker.pid());

        // Then
        createTopic(broker);
        assertThat(broker.isAlive()).isTrue();
        broker.close();
        assertThat(broker.onExit()).isCompletedWithValue(0);
    }

    private static void interrupt(long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void createTopic(EmbeddedKafka broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void produce(EmbeddedKafka broker, String value, boolean commit)
            throws ExecutionException, InterruptedException {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "visitor-" + value);
        try (Producer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> committed(EmbeddedKafka broker, int atLeast) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                "reader-" + System.nanoTime(),
                "group.protocol",
                "consumer",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        List<String> values = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            while (values.size() < atLeast && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> visit : consumer.poll(Duration.ofMillis(200))) {
                    values.add(visit.value());
                }
            }
            for (ConsumerRecord<String, String> surplus : consumer.poll(Duration.ofMillis(300))) {
                values.add(surplus.value());
            }
        }
        return values;
    }
}
