package dev.metsuke.detect.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedEntriesTest {

    private static final int STEPS = 5_000;
    private static final byte[] COMMON = {'a', 'b', 0};
    private static final byte[] BYTES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};

    /** Keys that mostly grow while the first go, as accesses do, and keys at random, of which many begin alike. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsWhatATreeWouldHold(long seed) {
        Random random = new Random(seed);
        boolean grows = seed % 2 == 0;
        SortedEntries entries = new SortedEntries(COMMON.length);
        NavigableMap<Bytes, byte[]> model = new TreeMap<>();
        for (int step = 0; step < STEPS; step++) {
            Bytes key = grows ? key(Math.max(0, step / 3 - random.nextInt(20))) : key(random);
            byte[] value = {(byte) random.nextInt()};
            switch (random.nextInt(grows ? 5 : 4)) {
                case 0 -> {
                    entries.put(key, value);
                    model.put(key, value);
                }
                case 1 -> assertThat(entries.putIfAbsent(key, value)).isSameAs(model.putIfAbsent(key, value));
                case 2 -> assertThat(entries.remove(key)).isSameAs(model.remove(key));
                case 3 -> assertThat(entries.get(key)).isSameAs(model.get(key));
                default -> {
                    if (!model.isEmpty()) {
                        Bytes first = model.firstKey();
                        assertThat(entries.remove(first)).isSameAs(model.remove(first));
                    }
                }
            }
            assertThat(entries.size()).isEqualTo(model.size());
            if (step % 50 == 0) {
                assertReadsAlike(entries, model, null, null);
                assertReadsAlike(entries, model, key, null);
                assertReadsAlike(entries, model, null, key);
                assertReadsAlike(entries, model, key, grows ? key(random.nextInt(STEPS / 3)) : key(random));
            }
        }
    }

    @Test
    void tellsOfAChangeWhileItIsRead() {
        SortedEntries entries = new SortedEntries(COMMON.length);
        entries.put(key(1), new byte[] {1});
        entries.put(key(2), new byte[] {2});
        Iterator<KeyValue<Bytes, byte[]>> all = entries.between(null, null, false);
        all.next();

        entries.put(key(1), new byte[] {3});
        assertThat(all.hasNext()).isTrue();
        entries.remove(key(1));

        assertThatThrownBy(all::next).isInstanceOf(ConcurrentModificationException.class);
    }

    private static void assertReadsAlike(
            SortedEntries entries, NavigableMap<Bytes, byte[]> model, @Nullable Bytes from, @Nullable Bytes to) {
        List<KeyValue<Bytes, byte[]>> expected = new ArrayList<>();
        model.forEach((key, value) -> {
            if ((from == null || key.compareTo(from) >= 0) && (to == null || key.compareTo(to) <= 0)) {
                expected.add(KeyValue.pair(key, value));
            }
        });
        assertThat(entries.between(from, to, false)).toIterable().isEqualTo(expected);
        assertThat(entries.between(from, to, true)).toIterable().isEqualTo(expected.reversed());
    }

    private static Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(COMMON.length + Integer.BYTES + number % 6)
                .put(COMMON)
                .putInt(number)
                .array());
    }

    private static Bytes key(Random random) {
        int alike = random.nextInt(12);
        ByteBuffer key = ByteBuffer.allocate(COMMON.length + alike + random.nextInt(3));
        key.put(COMMON);
        for (int i = 0; key.hasRemaining(); i++) {
            key.put(i < alike ? BYTES[2] : BYTES[random.nextInt(BYTES.length)]);
        }
        return Bytes.wrap(key.array());
    }
}
