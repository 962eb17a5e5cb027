package dev.metsuke.detect.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.state.StateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialStoreTest {

    private static final int STEPS = 3_000;

    /** Some begin as others are, and some hold bytes that keys escape. */
    private static final List<String> PARTS = List.of("", "a", "ab", "a\u0000", "a\u0001b", "b", "\u00e9");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void holdsWhatATreeWouldHold(long seed) {
        Random random = new Random(seed);
        TrialStore store = new TrialStore("store");
        NavigableMap<Bytes, byte[]> model = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            Bytes key = key(random).first();
            byte[] value = {(byte) random.nextInt()};
            switch (random.nextInt(4)) {
                case 0 -> {
                    store.put(key, value);
                    model.put(key, value);
                }
                case 1 -> assertThat(store.putIfAbsent(key, value)).isSameAs(model.putIfAbsent(key, value));
                case 2 -> assertThat(store.delete(key)).isSameAs(model.remove(key));
                default -> assertThat(store.get(key)).isSameAs(model.get(key));
            }
            assertThat(store.approximateNumEntries()).isEqualTo(model.size());
            if (step % 20 == 0) {
                Bytes other =
                        random.nextBoolean() ? key(random).first() : key(random).last();
                assertReadsAlike(store, model, null, null);
                assertReadsAlike(store, model, key, null);
                assertReadsAlike(store, model, null, other);
                assertReadsAlike(store, model, key, other);
            }
        }
    }

    private static void assertReadsAlike(
            TrialStore store, NavigableMap<Bytes, byte[]> model, @Nullable Bytes from, @Nullable Bytes to) {
        List<KeyValue<Bytes, byte[]>> expected = new ArrayList<>();
        model.forEach((key, value) -> {
            if ((from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0)) {
                expected.add(KeyValue.pair(key, value));
            }
        });
        assertThat(all(store.range(from, to))).isEqualTo(expected);
        assertThat(all(store.reverseRange(from, to))).isEqualTo(expected.reversed());
    }

    private static List<KeyValue<Bytes, byte[]>> all(KeyValueIterator<Bytes, byte[]> entries) {
        List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(all::add);
        }
        return all;
    }

    /** With a number, or for a whole part. */
    private static StateKey key(Random random) {
        StateKey part = StateKey.ofText(PARTS.get(random.nextInt(PARTS.size())));
        return random.nextInt(4) == 0 ? part : part.number(random.nextInt(6) - 3);
    }
}
