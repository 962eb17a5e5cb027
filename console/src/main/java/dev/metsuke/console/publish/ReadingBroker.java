package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** Kafka, where the readings of one id go in transactions. */
final class ReadingBroker implements ReadingChain.Broker {

    private static final Duration OF_REQUEST = Duration.ofSeconds(3);

    /** Who crashed within a transaction keeps the others waiting so long. */
    private static final Duration OF_TRANSACTION = Duration.ofSeconds(10);

    private final SharedId sharedId;
    private final TopicContents contents;

    /** Connects to nothing yet. */
    ReadingBroker(KafkaSettings kafka, String id, Duration patience) {
        contents = new TopicContents(kafka);
        sharedId = new SharedId(
                kafka,
                "metsuke-read-" + id,
                patience,
                OF_REQUEST,
                Map.of(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(OF_TRANSACTION.toMillis())));
    }

    @Override
    public Producer<String, byte[]> producer() {
        return sharedId.producer();
    }

    @Override
    public ReadingHead head(String stream) throws WriteFailedException {
        byte[] @Nullable [] last = {null};
        contents.readPastOpenTransactions(Topic.READING_HEADS, found -> {
            if (stream.equals(found.key())) {
                last[0] = found.value();
            }
        });
        try {
            return last[0] == null ? ReadingHead.NONE : ReadingHead.fromJson(last[0]);
        } catch (MalformedDocumentException e) {
            throw new WriteFailedException(
                    Text.of(
                            "kafka.no-reading-head",
                            Topic.READING_HEADS.toString(),
                            stream,
                            String.valueOf(e.getMessage())),
                    e);
        }
    }
}
