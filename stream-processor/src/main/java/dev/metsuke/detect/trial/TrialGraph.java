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
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The graph in one thread: a record goes through all of it in one call, and is never turned into bytes. */
final class TrialGraph implements Graph {

    /** As much is kept as objects. */
    private static final long ENTRY_BYTES = 268_435_456;

    private final TrialClock clock;
    private final Map<String, Object> settings;
    private final HeapBudget heap = new HeapBudget(ENTRY_BYTES);
    private final Map<String, StateStore> stores = new HashMap<>();
    private final Map<Topic, TrialFlow<?, ?>> topics = new EnumMap<>(Topic.class);
    private final List<Runnable> starts = new ArrayList<>();

    TrialGraph(TrialClock clock, Map<String, Object> settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Once all parts are there. */
    void start() {
        starts.forEach(Runnable::run);
    }

    /** What comes to a topic, from inside or from outside. */
    <K, V> TrialFlow<K, V> topic(Topic topic) {
        // The graph itself tells what a topic holds, always the same.
        @SuppressWarnings("unchecked")
        TrialFlow<K, V> flow = (TrialFlow<K, V>) topics.computeIfAbsent(topic, added -> new TrialFlow<K, V>());
        return flow;
    }

    @Override
    public <V> Flow<AccountId, V> read(Topic topic, Serde<AccountId> keys, Serde<V> values) {
        return topic(topic);
    }

    @Override
    public void follow(
            Topic topic,
            StoreBuilder<KeyValueStore<Bytes, byte[]>> store,
            ProcessorSupplier<Bytes, byte[], Void, Void> follower) {
        addStore(store);
        this.<Bytes, byte[]>topic(topic).process(follower, "follow-" + topic.title());
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
            starts.add(() -> processor.init(new TrialContext<>(clock, settings, stores, made)));
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
            TrialFlow<K, V> to = topic(topic);
            takers.add(to::send);
        }
    }
}
