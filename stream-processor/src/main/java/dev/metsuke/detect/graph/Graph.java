package dev.metsuke.detect.graph;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Topic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What detection consists of and what hands records on to what. It is told once; Kafka Streams runs it in earnest, and a trial
 * runs the same without brokers.
 */
public interface Graph {

    /** A topic's records, those of one partition at a time. */
    <V> Flow<AccountId, V> read(Topic topic, Serde<AccountId> keys, Serde<V> values);

    /** Follows a whole topic on every instance. */
    void follow(
            Topic topic,
            StoreBuilder<KeyValueStore<Bytes, byte[]>> store,
            ProcessorSupplier<Bytes, byte[], Void, Void> follower);
}
