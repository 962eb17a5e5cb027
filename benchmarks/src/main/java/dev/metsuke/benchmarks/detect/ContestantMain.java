package dev.metsuke.benchmarks.detect;

import dev.metsuke.detect.DetectConfig;
import dev.metsuke.detect.DetectSettings;
import dev.metsuke.detect.Detection;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** A contestant in a process of its own: runs until it is told to stop, and then stops in an orderly way. */
final class ContestantMain {

    /** Printed once it is at work. */
    static final String AT_WORK = "contestant is at work";

    private static final int POLL_MILLIS = 10;

    private ContestantMain() {}

    /** Arguments: the contestant's constant, the settings file. */
    public static void main(String[] args) throws InterruptedException {
        Part part = part(Contestant.valueOf(args[0]), SettingsFile.load(Path.of(args[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(part::close, "close"));
        part.start();
        boolean isAtWork = false;
        while (true) {
            Condition condition = part.condition();
            if (condition instanceof Condition.Failed(String reason)) {
                throw new IllegalStateException(reason);
            }
            if (condition instanceof Condition.Running && !isAtWork) {
                System.out.println(AT_WORK);
                isAtWork = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static Part part(Contestant contestant, SettingsFile file) {
        KafkaSettings kafka = file.section("kafka", KafkaSettings.class);
        DetectSettings settings = file.section("detect", DetectSettings.class);
        MeterRegistry meters = new SimpleMeterRegistry();
        // The peers' commits, batches, cache and RocksDB are as Kafka Streams has them by itself, the rest as
        // detection's.
        Properties config = DetectConfig.properties(kafka, settings, meters);
        if (contestant != Contestant.DETECT) {
            config.remove(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
            config.remove(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG);
            config.remove(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG));
            config.remove(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG);
            config.remove(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG);
        }
        StreamsConfig parsed = new StreamsConfig(config);
        return switch (contestant) {
            case PASS_THROUGH -> new Peer(contestant.label(), PeerTopology.passThrough(parsed), config);
            case DSL_COUNT -> new Peer(contestant.label(), PeerTopology.count(parsed), config);
            case DETECT -> new Detection(kafka, settings, file.section("policy", Policy.class), meters);
        };
    }
}
