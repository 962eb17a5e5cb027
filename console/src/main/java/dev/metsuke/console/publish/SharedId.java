package dev.metsuke.console.publish;

import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A transactional id that several processes take from one another; who lost it reads anew, decides again, and takes it back. */
final class SharedId {

    /** Of taking it, where others take it in between. */
    static final int MOST_ATTEMPTS = 10;

    private static final int LONGEST_PAUSE_MILLIS = 300;

    private final Map<String, Object> properties;

    /**
     * Connects to nothing yet.
     *
     * @param patience for a write as a whole
     * @param ofRequest for one answer of a broker
     * @param more the producer's further settings
     */
    SharedId(KafkaSettings kafka, String name, Duration patience, Duration ofRequest, Map<String, String> more) {
        properties = kafka.clientProperties(name);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(patience.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(ofRequest.toMillis()));
        // A delivery takes an answer at least.
        properties.put(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Long.toString(Math.max(patience.toMillis(), ofRequest.toMillis() + 1_000)));
        properties.putAll(more);
    }

    /** Has it once its transactions are initialized. */
    KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Before it is taken again, each for as long as chance has it. */
    static void pause() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
    }
}
