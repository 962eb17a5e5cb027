package dev.metsuke.benchmarks.detect;

import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.WindowedSerdes.TimeWindowedSerde;
import org.apache.kafka.streams.state.WindowStore;

/** What Kafka Streams does with the same accesses where it judges nothing. */
final class PeerTopology {

    private static final Duration WINDOW = Duration.ofHours(1);

    private PeerTopology() {}

    static Topology passThrough(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        builder.stream(
                        Topic.ACCESS_EVENTS.title(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("accesses"))
                .to(
                        Contestant.PASS_THROUGH.label(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("to-output"));
        return builder.build();
    }

    /** By the time of the records, so that it need not parse them. */
    static Topology count(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        builder.stream(
                        Topic.ACCESS_EVENTS.title(),
                        Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName("accesses"))
                .groupByKey(Grouped.<Bytes, byte[]>as("by-account")
                        .withKeySerde(Serdes.Bytes())
                        .withValueSerde(Serdes.ByteArray()))
                .windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
                .count(
                        Named.as("count"),
                        Materialized.<Bytes, Long, WindowStore<Bytes, byte[]>>as("counts")
                                .withKeySerde(Serdes.Bytes())
                                .withValueSerde(Serdes.Long()))
                .toStream(Named.as("counted"))
                .to(
                        Contestant.DSL_COUNT.label(),
                        Produced.with(new TimeWindowedSerde<>(Serdes.Bytes(), WINDOW.toMillis()), Serdes.Long())
                                .withName("to-output"));
        return builder.build();
    }
}
