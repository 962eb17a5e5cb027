package dev.metsuke.benchmarks.detect;

import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** Runs a topology that is not Metsuke's. */
final class Peer implements Part {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final KafkaStreams streams;

    Peer(String name, Topology topology, Properties config) {
        this.name = name;
        streams = new KafkaStreams(topology, config);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public Condition condition() {
        return switch (streams.state()) {
            case CREATED -> new Condition.Starting();
            case REBALANCING -> new Condition.Waiting("its partitions are being assigned");
            case RUNNING -> new Condition.Running();
            case PENDING_SHUTDOWN, NOT_RUNNING -> new Condition.Stopped();
            case PENDING_ERROR, ERROR -> new Condition.Failed("Kafka Streams stopped by itself; the log says why");
        };
    }

    @Override
    public void close() {
        streams.close(CLOSE_TIMEOUT);
    }
}
