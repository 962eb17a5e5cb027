package dev.metsuke.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.servers.testing.NeedsServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On topics that the console has nothing to do with, so that nobody else waits for what these tests leave open. */
@NeedsServers
@ExtendWith(SharedServers.class)
class TopicContentsIT {

    private final KafkaSettings kafka;

    TopicContentsIT(RealServers shared) {
        kafka = shared.kafka();
    }

    @Test
    void waitsForOpenTransactionsWhereItIsToReadPastThem() throws Exception {
        TopicContents contents = new TopicContents(kafka);
        try (KafkaProducer<String, byte[]> other = producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "other"));
                KafkaProducer<String, byte[]> writer = producer(Map.of())) {
            other.initTransactions();
            other.beginTransaction();
            other.send(record("open")).get();
            writer.send(record("committed")).get();

            assertThat(read(contents)).isEmpty();
            CompletableFuture<List<String>> reading = CompletableFuture.supplyAsync(() -> readPast(contents));
            await().during(Duration.ofSeconds(1)).until(() -> !reading.isDone());
            other.abortTransaction();

            assertThat(reading.get()).containsExactly("committed");
        }
    }

    @Test
    void tellsOfATopicThatIsNotThere() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties("test-admin"))) {
            admin.deleteTopics(List.of(Topic.BASELINES.title())).all().get();
        }

        await().untilAsserted(() -> assertThatThrownBy(() -> new TopicContents(kafka).read(Topic.BASELINES, _ -> {}))
                .isInstanceOf(WriteFailedException.class)
                .hasMessage("the topic metsuke.baselines does not exist; create it with metsuke setup"));
    }

    private static List<String> read(TopicContents contents) throws WriteFailedException {
        List<String> keys = new ArrayList<>();
        contents.read(Topic.POSITIONS, found -> keys.add(found.key()));
        return keys;
    }

    private static List<String> readPast(TopicContents contents) {
        try {
            List<String> keys = new ArrayList<>();
            contents.readPastOpenTransactions(Topic.POSITIONS, found -> keys.add(found.key()));
            return keys;
        } catch (WriteFailedException e) {
            throw new CompletionException(e);
        }
    }

    /** All in one partition. */
    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>(Topic.POSITIONS.title(), 0, key, new byte[0]);
    }

    private KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> properties = kafka.clientProperties("test-writer");
        properties.putAll(settings);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }
}
