package dev.metsuke.detect.state;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the store below before a commit, all at once and in the order of the keys: each is found next to the one before
 * it, and not from anywhere. A range is written before it is read.
 */
final class BatchedStore extends WriteBehind implements KeyValueStore<Bytes, byte[]> {

    /** Where nobody commits, entries are written at the latest then. */
    private static final int MOST_WAITING = 20_000;

    /** An entry without value is to be deleted. */
    private final NavigableMap<Bytes, KeyValue<Bytes, byte[]>> waiting = new TreeMap<>();

    BatchedStore(KeyValueStore<Bytes, byte[]> below) {
        super(below);
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

    @Override
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    void writeWaiting() {
        write(waiting);
    }

    /** What was not committed must not be known any more. */
    @Override
    public void clearCache() {
        waiting.clear();
    }

    /** Builds one over another, with that one's changelog. */
    static final class Builder extends WriteBehind.Builder<KeyValueStore<Bytes, byte[]>> {

        Builder(StoreBuilder<KeyValueStore<Bytes, byte[]>> below) {
            super(below);
        }

        @Override
        KeyValueStore<Bytes, byte[]> over(KeyValueStore<Bytes, byte[]> store) {
            return new BatchedStore(store);
        }
    }
}
