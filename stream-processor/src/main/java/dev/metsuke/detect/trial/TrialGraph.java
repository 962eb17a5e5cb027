package dev.metsuke.detect.trial;

import dev.metsuke.detect.graph.Flow;
import dev.metsuke.detect.graph.Graph;
import dev.metsuke.detect.state.AccountStore;
import dev.metsuke.detect.state.HeapBudget;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.topic.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The graph in one thread: a record goes through all of it in one call, and is never turned into bytes. */
final class TrialGraph implements Graph {

    private final TrialClock clock;
    private final Map<String, Object> settings;
    private final TaskId task;
    private final HeapBudget heap;
    private final Map<String, StateStore> stores = new HashMap<>();
    private final Map<Topic, TrialFlow<?, ?>> read = new EnumMap<>(Topic.class);
    private final Map<Topic, TrialFlow<?, ?>> written = new EnumMap<>(Topic.class);
    private final List<Runnable> starts = new ArrayList<>();

    TrialGraph(TrialClock clock, Map<String, Object> settings, int partition, HeapBudget heap) {
        this.clock = clock;
        this.settings = settings;
        this.task = new TaskId(0, partition);
        this.heap = heap;
    }

    /** Once all parts are there. */
    void start() {
        starts.forEach(Runnable::run);
    }

    /** What the graph is to read of a topic. */
    <K, V> TrialFlow<K, V> read(Topic topic) {
        return flow(read, topic);
    }

    /** What the graph writes to a topic; it comes back only where somebody lets it be read. */
    <K, V> TrialFlow<K, V> written(Topic topic) {
        return flow(written, topic);
    }

    private <K, V> TrialFlow<K, V> flow(Map<Topic, TrialFlow<?, ?>> flows, Topic topic) {
        // The graph itself tells what a topic holds, always the same.
        @SuppressWarnings("unchecked")
        TrialFlow<K, V> flow = (TrialFlow<K, V>) flows.computeIfAbsent(topic, added -> new TrialFlow<K, V>());
        return flow;
    }

    @Override
    public <V> Flow<AccountId, V> read(Topic topic, Serde<AccountId> keys, Serde<V> values) {
        return read(topic);
    }

    @Override
    public void follow(
            Topic topic,
            StoreBuilder<KeyValueStore<Bytes, byte[]>> store,
            ProcessorSupplier<Bytes, byte[], Void, Void> follower) {
        addStore(store);
        this.<Bytes, byte[]>read(topic).process(follower, "follow-" + topic.title());
    }

    private void addStore(StoreBuilder<?> store) {
        stores.computeIfAbsent(store.name(), name -> {
            TrialStore made = new TrialStore(name);
            return store instanceof AccountStore.Builder accounts ? accounts.over(made, heap) : made;
        });
    }

    /** Hands records on, in the order in which its takers were added. */
    final class TrialFlow<K, V> implements Flow<K, V> {

        private final List<Consumer<Record<K, V>>> takers = new ArrayList<>();

        void send(Record<K, V> record) {
            for (Consumer<Record<K, V>> taker : takers) {
                taker.accept(record);
            }
        }

        void onRecord(Consumer<Record<K, V>> taker) {
            takers.add(taker);
        }

        @Override
        public <K2, V2> Flow<K2, V2> process(ProcessorSupplier<K, V, K2, V2> supplier, String name, String... shared) {
            Set<StoreBuilder<?>> own = supplier.stores();
            if (own != null) {
                own.forEach(TrialGraph.this::addStore);
            }
            TrialFlow<K2, V2> made = new TrialFlow<>();
            Processor<K, V, K2, V2> processor = Objects.requireNonNull(supplier.get());
            takers.add(processor::process);
            starts.add(() -> processor.init(new TrialContext<>(clock, settings, task, stores, made)));
            return made;
        }

        @Override
        public Flow<K, V> merge(Flow<K, V> other, String name) {
            TrialFlow<K, V> merged = new TrialFlow<>();
            takers.add(merged::send);
            ((TrialFlow<K, V>) other).takers.add(merged::send);
            return merged;
        }

        @Override
        public void write(Topic topic, Serde<K> keys, Serde<V> values) {
            TrialFlow<K, V> to = written(topic);
            takers.add(to::send);
        }
    }
}
