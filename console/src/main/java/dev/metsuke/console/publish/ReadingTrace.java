package dev.metsuke.console.publish;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Leaves a trace of who reads the archive: an access like any other, to the dataset {@link #DATASET}. */
public final class ReadingTrace {

    public static final String DATASET = "metsuke.archive";

    private static final String PATIENCE_MILLIS = "5000";

    private ReadingTrace() {}

    /**
     * A reading, before anything is shown.
     *
     * @param user who reads
     * @param asked what for, in the words of the question
     * @param subjects the people whom the question names, as the archive names them
     */
    public static AccessEvent event(String user, Action action, String asked, List<String> subjects, Instant now) {
        return AccessEvent.builder()
                .timestamp(now)
                .created(now)
                .id(UUID.randomUUID().toString())
                .action(action)
                .eventCategories(List.of("database"))
                .userId(user)
                .hostName(hostName())
                .serviceName("metsuke")
                .dataset(DATASET)
                .subjects(subjects)
                .original(asked)
                .build();
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws WriteFailedException where Kafka does not take it
     */
    public static void leave(KafkaSettings kafka, AccessEvent event) throws WriteFailedException {
        Map<String, Object> properties = kafka.clientProperties("metsuke-reading-trace");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topic.ACCESS_EVENTS.title(), event.account().value(), AccessEventJson.encode(event));
        record.headers().add(Header.ID, event.id().getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException | KafkaException e) {
            throw failed(kafka, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(kafka, e);
        }
    }

    private static WriteFailedException failed(KafkaSettings kafka, Exception cause) {
        return new WriteFailedException(
                "Kafka at " + kafka.bootstrapServers() + " did not take it (" + cause.getMessage() + ")", cause);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
