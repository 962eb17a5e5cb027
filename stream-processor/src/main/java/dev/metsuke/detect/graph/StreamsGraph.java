package dev.metsuke.detect.graph;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Topic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The graph as Kafka Streams' topology. */
public final class StreamsGraph implements Graph {

    private final StreamsBuilder builder;

    public StreamsGraph(StreamsConfig config) {
        this.builder = new StreamsBuilder(new TopologyConfig(config));
    }

    public Topology build() {
        return builder.build();
    }

    @Override
    public <V> Flow<AccountId, V> read(Topic topic, Serde<AccountId> keys, Serde<V> values) {
        return new StreamsFlow<>(
                builder.stream(topic.title(), Consumed.with(keys, values).withName("from-" + topic.title())));
    }

    @Override
    public void follow(
            Topic topic,
            StoreBuilder<KeyValueStore<Bytes, byte[]>> store,
            ProcessorSupplier<Bytes, byte[], Void, Void> follower) {
        builder.addGlobalStore(
                store.withLoggingDisabled(),
                topic.title(),
                Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName("from-" + topic.title()),
                follower);
    }

    private record StreamsFlow<K, V>(KStream<K, V> stream) implements Flow<K, V> {

        @Override
        public <K2, V2> Flow<K2, V2> process(ProcessorSupplier<K, V, K2, V2> processor, String name, String... stores) {
            return new StreamsFlow<>(stream.process(processor, Named.as(name), stores));
        }

        @Override
        public Flow<K, V> merge(Flow<K, V> other, String name) {
            return new StreamsFlow<>(stream.merge(((StreamsFlow<K, V>) other).stream, Named.as(name)));
        }

        @Override
        public void write(Topic topic, Serde<K> keys, Serde<V> values) {
            stream.to(topic.title(), Produced.with(keys, values).withName("to-" + topic.title()));
        }
    }
}
