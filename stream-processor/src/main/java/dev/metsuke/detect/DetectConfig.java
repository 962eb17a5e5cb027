package dev.metsuke.detect;

import dev.metsuke.detect.rejection.RejectMalformed;
import dev.metsuke.detect.state.BoundedRocksDb;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TransactionRetries;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' configuration for detection. */
public final class DetectConfig {

    private static final int PRODUCER_BATCH_BYTES = 65_536;

    /** Of an account that reads thousands of datasets an hour, each with hundreds of people whom its log names; more than 1 MiB. */
    private static final int LARGEST_ENTRY_BYTES = 8 * 1024 * 1024;

    private DetectConfig() {}

    /** The same for the runner, and for a test or trial run of the topology alone. */
    public static Properties properties(KafkaSettings kafka, DetectSettings settings, MeterRegistry meters) {
        Map<String, Object> config = new HashMap<>(kafka.clientProperties(settings.applicationId()));
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        config.put(Interval.ALERT.setting(), settings.alertInterval().toMillis());
        config.put(HeapBudget.SETTING, new HeapBudget(cacheBytes(settings)));
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        config.put(BoundedRocksDb.BYTES, settings.storeBytes());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replicationFactor());
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The classic group protocol: its session is the client's to choose. With the streams protocol it is the
        // broker's, 45 s by default, and a successor of a killed instance waited 51 s instead of 12 s.
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        config.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.toIntExact(settings.sessionTimeout().dividedBy(4).toMillis()));
        // From the beginning: what came before the first start is to be judged, too.
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        TransactionRetries.properties()
                .forEach((setting, value) -> config.put(StreamsConfig.producerPrefix(setting), value));
        // What is right whatever arrives late needs not wait with one topic's records for another's; and to find out
        // at every record whether there is something to wait for took a tenth of the time.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // Most of what is sent goes to changelogs, in some dozens of partitions: fewer requests, each with more.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_ENTRY_BYTES);
        config.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), LARGEST_ENTRY_BYTES);
        config.putAll(settings.streams());
        config.putAll(RejectMalformed.settings(meters.counter("metsuke.detect.rejected")));
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        Properties properties = new Properties();
        properties.putAll(config);
        return properties;
    }

    /** Beside it there are the young objects, what is known of accounts without being state, and Kafka's clients. */
    private static long cacheBytes(DetectSettings settings) {
        Long given = settings.cacheBytes();
        return given == null ? Runtime.getRuntime().maxMemory() / 8 * 3 : given;
    }
}
