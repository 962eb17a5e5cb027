package dev.metsuke.benchmarks.contest;

import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Brings into Kafka what contestants are to read. */
public final class LoadProducer {

    private LoadProducer() {}

    /** Not transactional, so that a partition's end counts its records. */
    public static KafkaProducer<byte[], byte[]> open(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("bench-load");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
