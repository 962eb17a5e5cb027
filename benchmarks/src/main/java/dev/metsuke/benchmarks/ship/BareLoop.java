package dev.metsuke.benchmarks.ship;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The wire's limit: a transactional producer that sends a file's lines as they are and commits every 100 ms. */
final class BareLoop {

    static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private static final int BUFFER = 1 << 20;
    private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();

    private BareLoop() {}

    /** Arguments: bootstrap servers, topic, file. */
    public static void main(String[] args) throws IOException {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                args[0],
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "bare-loop",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                InputStream in = Files.newInputStream(Path.of(args[2]))) {
            producer.initTransactions();
            producer.beginTransaction();
            long since = System.nanoTime();
            byte[] buffer = new byte[BUFFER];
            int kept = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer, kept, BUFFER - kept)) {
                int end = kept + read;
                int start = 0;
                for (int i = kept; i < end; i++) {
                    if (buffer[i] == '\n') {
                        var _ = producer.send(new ProducerRecord<>(args[1], Arrays.copyOfRange(buffer, start, i)));
                        start = i + 1;
                    }
                }
                kept = end - start;
                System.arraycopy(buffer, start, buffer, 0, kept);
                if (System.nanoTime() - since >= COMMIT_NANOS) {
                    producer.commitTransaction();
                    producer.beginTransaction();
                    since = System.nanoTime();
                }
            }
            producer.commitTransaction();
        }
    }
}
