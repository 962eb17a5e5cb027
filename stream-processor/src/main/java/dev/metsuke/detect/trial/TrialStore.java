package dev.metsuke.detect.trial;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
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
 * Sorted entries, apart for each first part of a key, which mostly is the account: far fewer comparisons than all in one order
 * need. Unlike Kafka's own store in memory it copies no keys to read a range, so a range must not be changed meanwhile.
 */
final class TrialStore implements KeyValueStore<Bytes, byte[]> {

    private static final byte END_OF_PART = 0;

    /** The order of {@link Bytes}, many of them at a time: keys begin alike. */
    private static final Comparator<Bytes> ORDER = (one, other) -> Arrays.compareUnsigned(one.get(), other.get());

    private final String name;
    private final Map<Bytes, SortedEntries> entries = new HashMap<>();
    private final NavigableMap<Bytes, SortedEntries> inOrder = new TreeMap<>(ORDER);

    TrialStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        SortedEntries alike = entries.get(firstPart(key));
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
        SortedEntries alike = entries.get(part);
        if (alike == null) {
            return null;
        }
        byte[] deleted = alike.remove(key);
        if (alike.size() == 0) {
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
        return entries.values().stream().mapToLong(SortedEntries::size).sum();
    }

    private SortedEntries withSameFirstPart(Bytes key) {
        return entries.computeIfAbsent(firstPart(key), part -> {
            SortedEntries made = new SortedEntries(part.get().length + 1);
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

    private Iterator<KeyValue<Bytes, byte[]>> between(@Nullable Bytes from, @Nullable Bytes to, boolean backwards) {
        if (from != null && to != null) {
            Bytes part = firstPart(from);
            if (part.equals(firstPart(to))) {
                SortedEntries alike = entries.get(part);
                return alike == null ? Collections.emptyIterator() : alike.between(from, to, backwards);
            }
        }
        // Of two parts, all keys of the one are below all of the other.
        @Nullable Bytes first = from == null ? null : firstPart(from);
        @Nullable Bytes last = to == null ? null : firstPart(to);
        if (first != null && last != null && ORDER.compare(first, last) > 0) {
            return Collections.emptyIterator();
        }
        NavigableMap<Bytes, SortedEntries> parts = first == null ? inOrder : inOrder.tailMap(first, true);
        if (last != null) {
            parts = parts.headMap(last, true);
        }
        Iterator<Map.Entry<Bytes, SortedEntries>> some =
                (backwards ? parts.descendingMap() : parts).entrySet().iterator();
        return new Iterator<>() {
            private Iterator<KeyValue<Bytes, byte[]>> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && some.hasNext()) {
                    Map.Entry<Bytes, SortedEntries> next = some.next();
                    current = next.getValue()
                            .between(
                                    next.getKey().equals(first) ? from : null,
                                    next.getKey().equals(last) ? to : null,
                                    backwards);
                }
                return current.hasNext();
            }

            @Override
            public KeyValue<Bytes, byte[]> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the range has no more entries");
                }
                return current.next();
            }
        };
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

        private final Iterator<KeyValue<Bytes, byte[]>> entries;

        Entries(Iterator<KeyValue<Bytes, byte[]>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            return entries.next();
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
