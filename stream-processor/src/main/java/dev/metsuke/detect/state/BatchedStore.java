package dev.metsuke.detect.state;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the store below before a commit, all at once and in the order of the keys: each is found next to the one before
 * it, and not from anywhere. A range is written before it is read.
 */
final class BatchedStore implements KeyValueStore<Bytes, byte[]>, CachedStateStore<Bytes, byte[]> {

    /** Where nobody commits, entries are written at the latest then. */
    private static final int MOST_WAITING = 20_000;

    private final KeyValueStore<Bytes, byte[]> below;
    /** An entry without value is to be deleted. */
    private final NavigableMap<Bytes, KeyValue<Bytes, byte[]>> waiting = new TreeMap<>();

    private final Flushing flushing = new Flushing();

    BatchedStore(KeyValueStore<Bytes, byte[]> below) {
        this.below = below;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        @Nullable KeyValue<Bytes, byte[]> known = waiting.get(key);
        return known == null ? below.get(key) : known.value;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        waiting.put(key, KeyValue.pair(key, value));
        if (waiting.size() > MOST_WAITING) {
            write(waiting);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte @Nullable [] known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte @Nullable [] known = get(key);
        put(key, null);
        return known;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        write(between(from, to));
        return below.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        write(between(from, to));
        return below.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        write(waiting);
        return below.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        write(waiting);
        return below.reverseAll();
    }

    @Override
    public long approximateNumEntries() {
        return below.approximateNumEntries() + waiting.size();
    }

    private NavigableMap<Bytes, KeyValue<Bytes, byte[]>> between(@Nullable Bytes from, @Nullable Bytes to) {
        if (from != null && to != null) {
            return from.compareTo(to) <= 0 ? waiting.subMap(from, true, to, true) : new TreeMap<>();
        }
        NavigableMap<Bytes, KeyValue<Bytes, byte[]>> behind = from == null ? waiting : waiting.tailMap(from, true);
        return to == null ? behind : behind.headMap(to, true);
    }

    private void write(NavigableMap<Bytes, KeyValue<Bytes, byte[]>> entries) {
        if (entries.isEmpty()) {
            return;
        }
        List<KeyValue<Bytes, byte[]>> batch = List.copyOf(entries.values());
        entries.clear();
        below.putAll(batch);
    }

    /** Before every commit; Kafka Streams tells it to stores that say they are cached, and to no others. */
    @Override
    public void flushCache() {
        if (!waiting.isEmpty()) {
            flushing.run(() -> write(waiting));
        }
    }

    /** What was not committed must not be known any more. */
    @Override
    public void clearCache() {
        waiting.clear();
    }

    @Override
    public boolean setFlushListener(@Nullable CacheFlushListener<Bytes, byte[]> listener, boolean sendsOldValues) {
        return false;
    }

    @Override
    public String name() {
        return below.name();
    }

    @Override
    public void init(StateStoreContext initial, StateStore root) {
        clearCache();
        flushing.init(initial);
        below.init(initial, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        below.commit(offsets);
    }

    @Override
    @SuppressWarnings("deprecation") // still asked
    public boolean managesOffsets() {
        return below.managesOffsets();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return below.committedOffset(partition);
    }

    @Override
    public Position getPosition() {
        return below.getPosition();
    }

    @Override
    public void close() {
        clearCache();
        below.close();
    }

    @Override
    public boolean persistent() {
        return below.persistent();
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    /** Over another one, with that one's changelog. */
    record Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> below)
            implements StoreBuilder<KeyValueStore<Bytes, byte[]>> {

        @Override
        public KeyValueStore<Bytes, byte[]> build() {
            return new BatchedStore(below.build());
        }

        @Override
        public Builder withCachingEnabled() {
            throw new UnsupportedOperationException(name() + " waits for the commit by itself");
        }

        @Override
        public Builder withCachingDisabled() {
            throw new UnsupportedOperationException(name() + " waits for the commit by itself");
        }

        @Override
        public Builder withLoggingEnabled(Map<String, String> config) {
            return new Builder(below.withLoggingEnabled(config));
        }

        @Override
        public Builder withLoggingDisabled() {
            return new Builder(below.withLoggingDisabled());
        }

        @Override
        public Map<String, String> logConfig() {
            return below.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return below.loggingEnabled();
        }

        @Override
        public String name() {
            return below.name();
        }
    }
}
