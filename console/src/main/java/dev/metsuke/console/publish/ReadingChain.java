package dev.metsuke.console.publish;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.integrity.Chain;
import dev.metsuke.events.integrity.StreamWriter;
import dev.metsuke.events.seal.KeyStatement;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.seal.ToldKeys;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Fencing;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A stream of readings: each is linked to the one before and sealed at once; reading, seal and the stream's new head are one
 * transaction. Of several processes with one id, Kafka refuses the one that took it earlier; that one reads the head anew.
 */
final class ReadingChain implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private final Turn turn;
    private final Broker broker;
    private final SealKeys keys;
    private final String id;
    private final String stream;
    private @Nullable Producer<String, byte[]> producer;
    private ReadingHead head = ReadingHead.NONE;
    /** Of the reading that is being written, the seal of which it is not known whether it is committed. */
    private @Nullable Seal attempted;

    /** Where readings go, and what is committed of them. */
    interface Broker {

        /** One of the stream's id, which begins no transaction yet. */
        Producer<String, byte[]> producer();

        /** How far the stream has come. */
        ReadingHead head(String stream) throws WriteFailedException;
    }

    /** Connects with the first reading. */
    ReadingChain(KafkaSettings kafka, String id, Path keyFolder) {
        this(kafka, id, keyFolder, PATIENCE);
    }

    /**
     * The same.
     *
     * @param patience for each answer of Kafka; those before a reading may need two
     */
    ReadingChain(KafkaSettings kafka, String id, Path keyFolder, Duration patience) {
        this(new ReadingBroker(kafka, id, patience), id, keyFolder, patience);
    }

    /** The same over any broker. */
    ReadingChain(Broker broker, String id, Path keyFolder, Duration patience) {
        this.broker = broker;
        this.id = id;
        turn = new Turn(patience.multipliedBy(2));
        stream = id + "/readings";
        keys = new SealKeys(keyFolder, id);
    }

    /** Whether this host has a folder of keys for this id. */
    boolean hasKeys() {
        return Files.isDirectory(keys.folder());
    }

    /** Makes the first key where there is none. */
    void makeKey() throws IOException {
        keys.current(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Returns when Kafka has it, at its place in the chain.
     *
     * @throws IOException where there is no key to seal with; nothing was written then
     * @throws KafkaException where Kafka does not take it
     * @throws WriteFailedException where the stream's head cannot be read, or the readings before wait for Kafka
     */
    void write(AccessEvent event) throws IOException, WriteFailedException {
        turn.await();
        try {
            writeInTurn(event);
        } finally {
            turn.end();
        }
    }

    private void writeInTurn(AccessEvent event) throws IOException, WriteFailedException {
        AccessEvent reading = event;
        attempted = null;
        for (int attempt = 1; ; attempt++) {
            boolean isReused = producer != null;
            try {
                Producer<String, byte[]> open = open();
                if (attempted == null || !attempted.equals(head.seal())) {
                    writeOnce(open, reading);
                }
                return;
            } catch (KafkaException e) {
                disconnect();
                // A connection that rested for days may have been forgotten.
                boolean isWorthAnother = isReused || Fencing.isLikely(e);
                if (!isWorthAnother || attempt == SharedId.MOST_ATTEMPTS) {
                    throw e;
                }
                // Another id, since it may be committed all the same and others behind it: rather a reading twice than
                // a gap.
                reading = event.toBuilder().id(UUID.randomUUID().toString()).build();
                pause(e);
            }
        }
    }

    private Producer<String, byte[]> open() throws WriteFailedException {
        Producer<String, byte[]> open = producer;
        if (open == null) {
            open = broker.producer();
            producer = open;
            open.initTransactions();
            try {
                head = broker.head(stream);
            } catch (WriteFailedException e) {
                disconnect();
                throw e;
            }
        }
        return open;
    }

    private void writeOnce(Producer<String, byte[]> open, AccessEvent reading) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SealKeys.Current key = keys.current(now);
        List<KeyStatement> news = head.told().open(keys.list().statements());
        ToldKeys told = head.told().with(news);
        Chain chain = new Chain(head.chain());
        byte[] value = chain.link(new StreamWriter(stream, head.chain()).write(reading));
        Seal seal = Seal.after(head.seal(), stream, chain.head(), now, told.revocations(), key);
        ReadingHead next = new ReadingHead(seal, told);
        attempted = seal;
        open.beginTransaction();
        send(open, Topic.ACCESS_EVENTS, reading.account().value(), value, reading.id());
        for (KeyStatement statement : news) {
            send(open, id, statement);
        }
        send(open, stream, seal);
        send(open, Topic.READING_HEADS, stream, next.toJson(), null);
        open.commitTransaction();
        head = next;
        keys.noteSigned(seal.signedAt());
    }

    private static void send(Producer<String, byte[]> open, String key, SealRecord record) {
        send(open, Topic.SEALS, key, record.toJson(), record.id());
    }

    private static void send(
            Producer<String, byte[]> open, Topic topic, String key, byte[] value, @Nullable String recordId) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.title(), key, value);
        if (recordId != null) {
            record.headers().add(Header.ID, recordId.getBytes(StandardCharsets.UTF_8));
        }
        // What became of it shows in the commit, which fails if it did.
        var _ = open.send(record);
    }

    private static void pause(KafkaException failure) {
        try {
            SharedId.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    @Override
    public void close() {
        turn.awaitAnyhow();
        try {
            disconnect();
        } finally {
            turn.end();
        }
    }

    private void disconnect() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }
}
