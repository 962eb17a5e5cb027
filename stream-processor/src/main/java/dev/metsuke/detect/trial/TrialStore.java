package dev.metsuke.detect.trial;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Sorted maps, one for each first part of a key, which mostly is the account: far fewer comparisons than one map for all needs.
 * Unlike Kafka's own store in memory it copies no keys to read a range, so a range must not be changed meanwhile.
 */
final class TrialStore implements KeyValueStore<Bytes, byte[]> {

    private static final byte END_OF_PART = 0;

    private final String name;
    private final Map<Bytes, NavigableMap<Bytes, byte[]>> entries = new HashMap<>();
    private final NavigableMap<Bytes, NavigableMap<Bytes, byte[]>> inOrder = new TreeMap<>();

    TrialStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        NavigableMap<Bytes, byte[]> alike = entries.get(firstPart(key));
        return alike == null ? null : alike.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            delete(key);
        } else {
            withSameFirstPart(key).put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        return withSameFirstPart(key).putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        Bytes part = firstPart(key);
        NavigableMap<Bytes, byte[]> alike = entries.get(part);
        if (alike == null) {
            return null;
        }
        byte[] deleted = alike.remove(key);
        if (alike.isEmpty()) {
            entries.remove(part);
            inOrder.remove(part);
        }
        return deleted;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return new Entries(between(from, to, false));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return new Entries(between(from, to, true));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(between(null, null, false));
    }

    @Override
    public long approximateNumEntries() {
        return entries.values().stream().mapToLong(Map::size).sum();
    }

    private NavigableMap<Bytes, byte[]> withSameFirstPart(Bytes key) {
        return entries.computeIfAbsent(firstPart(key), part -> {
            NavigableMap<Bytes, byte[]> made = new TreeMap<>();
            inOrder.put(part, made);
            return made;
        });
    }

    /** Without its end, so that the parts are in the order of their keys. */
    private static Bytes firstPart(Bytes key) {
        byte[] bytes = key.get();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == END_OF_PART) {
                return Bytes.wrap(Arrays.copyOf(bytes, i));
            }
        }
        return key;
    }

    private Iterator<Map.Entry<Bytes, byte[]>> between(@Nullable Bytes from, @Nullable Bytes to, boolean backwards) {
        if (from != null && to != null) {
            Bytes part = firstPart(from);
            if (part.equals(firstPart(to))) {
                NavigableMap<Bytes, byte[]> alike = entries.get(part);
                return alike == null ? Collections.emptyIterator() : within(alike, from, to, backwards);
            }
        }
        NavigableMap<Bytes, NavigableMap<Bytes, byte[]>> parts =
                from == null ? inOrder : inOrder.tailMap(firstPart(from), true);
        Iterator<NavigableMap<Bytes, byte[]>> some =
                (backwards ? parts.descendingMap() : parts).values().iterator();
        return new Iterator<>() {
            private Iterator<Map.Entry<Bytes, byte[]>> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && some.hasNext()) {
                    current = within(some.next(), from, to, backwards);
                }
                return current.hasNext();
            }

            @Override
            public Map.Entry<Bytes, byte[]> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the range has no more entries");
                }
                return current.next();
            }
        };
    }

    private static Iterator<Map.Entry<Bytes, byte[]>> within(
            NavigableMap<Bytes, byte[]> alike, @Nullable Bytes from, @Nullable Bytes to, boolean backwards) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            return Collections.emptyIterator();
        }
        NavigableMap<Bytes, byte[]> fromOn = from == null ? alike : alike.tailMap(from, true);
        NavigableMap<Bytes, byte[]> range = to == null ? fromOn : fromOn.headMap(to, true);
        return (backwards ? range.descendingMap() : range).entrySet().iterator();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // There is nothing to restore.
    }

    @Override
    public void close() {
        entries.clear();
        inOrder.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {

        private final Iterator<Map.Entry<Bytes, byte[]>> entries;

        Entries(Iterator<Map.Entry<Bytes, byte[]>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> next = entries.next();
            return KeyValue.pair(next.getKey(), next.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            throw new UnsupportedOperationException("nobody in detection peeks");
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
