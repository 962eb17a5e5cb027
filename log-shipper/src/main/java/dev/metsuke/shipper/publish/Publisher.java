package dev.metsuke.shipper.publish;

import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A shipper's one transactional producer. After any exception it is of no more use: what became of its transaction shows
 * when the next one has taken over.
 */
public final class Publisher implements AutoCloseable {

    /** The longest record that a broker takes by default, less what its own framing needs. */
    public static final int LONGEST_VALUE = 1_000_000;

    private static final byte[] STAGE = "ship".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 10_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private boolean open;

    public Publisher(KafkaSettings kafka, String shipperId) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("metsuke-ship-" + shipperId));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "metsuke-ship-" + shipperId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MILLIS);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Fences off any other producer of this id, and ends what it left open. */
    public void takeOver() {
        producer.initTransactions();
    }

    public boolean isOpen() {
        return open;
    }

    public void event(byte[] account, String id, byte[] value) {
        send(Topic.ACCESS_EVENTS, account, value, List.of(header(Header.ID, id)));
    }

    public void rejected(byte[] stream, byte[] raw, String reason, String origin) {
        send(
                Topic.REJECTED,
                stream,
                raw,
                List.of(
                        header(Header.REASON, reason),
                        new RecordHeader(Header.STAGE, STAGE),
                        header(Header.ORIGIN, origin)));
    }

    /** A null value forgets the key. */
    public void position(byte[] key, byte @Nullable [] value) {
        send(Topic.POSITIONS, key, value, List.of());
    }

    /** Waits until everything sent is acknowledged and becomes visible at once. */
    public void commit() {
        if (open) {
            producer.commitTransaction();
            open = false;
        }
    }

    /** Whether another producer with the same id came later, or the coordinator gave this one up. */
    public static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private void send(Topic topic, byte[] key, byte @Nullable [] value, List<RecordHeader> headers) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        // The commit fails if this does; there is nothing to wait for here.
        var _ = producer.send(new ProducerRecord<>(topic.title(), null, key, value, List.copyOf(headers)));
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
