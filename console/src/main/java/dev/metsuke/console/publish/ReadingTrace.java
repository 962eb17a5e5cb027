package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Action;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves a trace of who reads the archive: an access like any other, to the dataset {@link #DATASET}. */
public final class ReadingTrace implements AutoCloseable {

    public static final String DATASET = "metsuke.archive";

    private static final String PATIENCE_MILLIS = "5000";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final String UNCHAINED = "readings of the archive are recorded, but not chained and sealed: {}";

    private static final Logger LOG = LoggerFactory.getLogger(ReadingTrace.class);

    private final KafkaSettings kafka;
    private final @Nullable ReadingChain chain;
    private @Nullable Producer<String, byte[]> producer;

    /** Connects with the first reading. */
    private ReadingTrace(KafkaSettings kafka, @Nullable ReadingChain chain) {
        this.kafka = kafka;
        this.chain = chain;
    }

    /** Of a console, which makes its host's key if there is none. */
    public static ReadingTrace ofConsole(KafkaSettings kafka, ReadingSettings settings) {
        ReadingChain chain = chain(kafka, settings);
        if (chain != null) {
            try {
                chain.makeKey();
            } catch (IOException e) {
                LOG.error(UNCHAINED, e.toString());
            }
        }
        return new ReadingTrace(kafka, chain);
    }

    /** Of a command: chained where the host has a console's keys. One without must not make a stream whose key nobody knows. */
    public static ReadingTrace ofCommand(KafkaSettings kafka, ReadingSettings settings) {
        ReadingChain chain = chain(kafka, settings);
        return new ReadingTrace(kafka, chain == null || !chain.hasKeys() ? null : chain);
    }

    private static @Nullable ReadingChain chain(KafkaSettings kafka, ReadingSettings settings) {
        Path keyFolder = settings.keyFolder();
        return keyFolder == null ? null : new ReadingChain(kafka, settings.idOrHosts(), keyFolder);
    }

    /**
     * A reading, before anything is shown.
     *
     * @param user who reads
     * @param address from where, as an IP address; null for a command
     * @param asked what for, in the words of the question
     * @param subjects the people whom the question names, as the archive names them
     */
    public static AccessEvent event(
            String user, @Nullable String address, Action action, String asked, List<String> subjects, Instant now) {
        return AccessEvent.builder()
                .timestamp(now)
                .created(now)
                .id(UUID.randomUUID().toString())
                .action(action)
                .eventCategories(List.of("database"))
                .userId(user)
                .sourceAddress(address)
                .sourceIp(address)
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
    public void leave(AccessEvent event) throws WriteFailedException {
        if (chain != null) {
            try {
                chain.write(event);
                return;
            } catch (IOException e) {
                LOG.error(UNCHAINED, e.toString());
            } catch (KafkaException e) {
                throw failed(e);
            }
        }
        leaveUnchained(event);
    }

    private void leaveUnchained(AccessEvent event) throws WriteFailedException {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                Topic.ACCESS_EVENTS.title(), event.account().value(), AccessEventJson.encode(event));
        record.headers().add(Header.ID, event.id().getBytes(StandardCharsets.UTF_8));
        try {
            producer().send(record).get();
        } catch (ExecutionException | KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            Map<String, Object> properties = kafka.clientProperties("metsuke-reading-trace");
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
            properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (chain != null) {
            chain.close();
        }
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
            producer = null;
        }
    }

    private WriteFailedException failed(Exception cause) {
        return new WriteFailedException(
                Text.of("kafka.untaken", kafka.bootstrapServers(), Causes.describe(cause)), cause);
    }

    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
