package dev.metsuke.detect.graph;

import dev.metsuke.events.topic.Topic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Records on their way from one part of a graph to others. */
public interface Flow<K, V> {

    /** What a processor makes of them, with its own stores and others' by name. */
    <K2, V2> Flow<K2, V2> process(ProcessorSupplier<K, V, K2, V2> processor, String name, String... stores);

    Flow<K, V> merge(Flow<K, V> other, String name);

    void write(Topic topic, Serde<K> keys, Serde<V> values);
}
