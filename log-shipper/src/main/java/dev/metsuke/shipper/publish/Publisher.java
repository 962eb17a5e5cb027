package dev.metsuke.shipper.publish;

import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.RejectedValue;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TransactionRetries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A shipper's one transactional producer. After any exception it is of no more use: what became of its transaction shows
 * when the next one has taken over.
 */
public final class Publisher implements AutoCloseable {

    /** The longest key, value and headers together that a broker takes by default, less what its own framing needs. */
    public static final int LONGEST_RECORD = 1_000_000;

    private static final byte[] STAGE = "ship".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 10_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Handover handover;
    private boolean open;

    public Publisher(KafkaSettings kafka, String shipperId) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("metsuke-ship-" + shipperId));
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "metsuke-ship-" + shipperId);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        // What waits for its acknowledgement outlives young collections; more of it would only cost their time.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 6L * 1024 * 1024);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1024 * 1024);
        // Metsuke has meters of its own.
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(TransactionRetries.properties());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * PATIENCE_MILLIS);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        handover = new Handover(producer::send);
    }

    /** Fences off any other producer of this id, and ends what it left open. */
    public void takeOver() {
        producer.initTransactions();
    }

    public boolean isOpen() {
        return open;
    }

    /**
     * Sends an event.
     *
     * @param length about how many bytes it has
     * @param value makes its bytes when its turn comes, on a thread of the publisher's; all of them in order
     */
    public void event(byte[] account, String id, int length, Supplier<byte[]> value) {
        send(length, () -> record(Topic.ACCESS_EVENTS, account, value.get(), List.of(header(Header.ID, id))));
    }

    /** Of the raw bytes, those from start to end; what is too long is cut. */
    public void rejected(byte[] stream, byte[] raw, int start, int end, String reason, String origin) {
        ProducerRecord<byte[], byte[]> rejection = rejection(stream, raw, start, end, reason, origin);
        send(end - start, () -> rejection);
    }

    /** A null value forgets the key. */
    public void position(byte[] key, byte @Nullable [] value) {
        send(0, () -> record(Topic.POSITIONS, key, value, List.of()));
    }

    /** What follows from the events before it; it is made when its turn comes, as they are. */
    public void position(byte[] key, Supplier<byte[]> value) {
        send(0, () -> record(Topic.POSITIONS, key, value.get(), List.of()));
    }

    /**
     * Sends a seal, or what is said of a key.
     *
     * @param key the stream it is of, or the shipper
     * @param value made when its turn comes, behind all events before it
     */
    public void seal(byte[] key, Supplier<? extends SealRecord> value) {
        send(0, () -> {
            SealRecord made = value.get();
            return record(Topic.SEALS, key, made.toJson(), List.of(header(Header.ID, made.id())));
        });
    }

    /** Waits until everything sent is acknowledged and becomes visible at once. */
    public void commit() {
        if (open) {
            handover.await();
            producer.commitTransaction();
            open = false;
        }
    }

    /** Whether Kafka turned down a record for its length; sending it again cannot help. */
    public static boolean isTooLong(Throwable failure) {
        return Causes.of(failure).stream().anyMatch(RecordTooLargeException.class::isInstance);
    }

    /** Those that it writes to; Kafka does not say of which it turned a record down. */
    public static List<String> topics() {
        return Stream.of(Topic.ACCESS_EVENTS, Topic.REJECTED, Topic.POSITIONS, Topic.SEALS)
                .map(Topic::title)
                .toList();
    }

    /** How many bytes an event of this account and id may have. */
    public static int longestEvent(byte[] account, String id) {
        return LONGEST_RECORD - account.length - Header.ID.length() - id.length();
    }

    static ProducerRecord<byte[], byte[]> rejection(
            byte[] stream, byte[] raw, int start, int end, String reason, String origin) {
        List<RecordHeader> headers = List.of(
                header(Header.REASON, RejectedValue.shortened(reason)),
                new RecordHeader(Header.STAGE, STAGE),
                header(Header.ORIGIN, origin));
        int room = Math.max(0, LONGEST_RECORD - stream.length - lengthOf(headers));
        return record(Topic.REJECTED, stream, Arrays.copyOfRange(raw, start, Math.min(end, start + room)), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            Topic topic, byte[] key, byte @Nullable [] value, List<RecordHeader> headers) {
        return new ProducerRecord<>(topic.title(), null, key, value, List.copyOf(headers));
    }

    private void send(int length, Supplier<ProducerRecord<byte[], byte[]>> message) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        handover.add(length, message);
    }

    private static int lengthOf(List<RecordHeader> headers) {
        return headers.stream()
                .mapToInt(header -> header.key().length() + header.value().length)
                .sum();
    }

    private static RecordHeader header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // First the producer, so that a send that waits for it ends.
        producer.close(Duration.ofSeconds(1));
        handover.close();
    }
}
