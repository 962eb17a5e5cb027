package dev.metsuke.detect.trial;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Entries whose keys begin alike, in the order of their keys. They lie in arrays, as most come behind the last and go from
 * before the first, both of which takes one step. What follows the common beginning lies in an array of numbers: to look for
 * a key there costs far less than in keys that lie all over the memory.
 */
final class SortedEntries {

    private static final int FEW = 4;

    private static final VarHandle BYTES_AS_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int common;
    private long[] heads = new long[FEW];
    private byte[] @Nullable [] keys = new byte[FEW][];
    private byte[] @Nullable [] values = new byte[FEW][];
    private int start;
    private int end;
    private int changes;

    /**
     * Starts with none.
     *
     * @param common of how many bytes their keys' common beginning is
     */
    SortedEntries(int common) {
        this.common = common;
    }

    int size() {
        return end - start;
    }

    byte @Nullable [] get(Bytes key) {
        int place = place(key);
        return place < 0 ? null : values[place];
    }

    void put(Bytes key, byte[] value) {
        int place = place(key);
        if (place < 0) {
            insert(-place - 1, key, value);
        } else {
            values[place] = value;
        }
    }

    /** Gives what is there already, or null. */
    byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        int place = place(key);
        if (place >= 0) {
            return values[place];
        }
        insert(-place - 1, key, value);
        return null;
    }

    /** Gives what was there, or null. */
    byte @Nullable [] remove(Bytes key) {
        int place = place(key);
        if (place < 0) {
            return null;
        }
        byte[] removed = values[place];
        changes++;
        if (place - start < end - place - 1) {
            move(start, start + 1, place - start);
            clear(start++);
        } else {
            move(place + 1, place, end - place - 1);
            clear(--end);
        }
        return removed;
    }

    /** From one key to another, both included, or from the first, or to the last. Nothing may change meanwhile. */
    Iterator<KeyValue<Bytes, byte[]>> between(@Nullable Bytes from, @Nullable Bytes to, boolean backwards) {
        int first = from == null ? start : placeFrom(from);
        int behind = to == null ? end : placeBehind(to);
        return first < behind ? new Range(first, behind, backwards) : Collections.emptyIterator();
    }

    private int placeFrom(Bytes key) {
        int place = place(key);
        return place < 0 ? -place - 1 : place;
    }

    private int placeBehind(Bytes key) {
        int place = place(key);
        return place < 0 ? -place - 1 : place + 1;
    }

    /**
     * As {@link Arrays#binarySearch(Object[], int, int, Object)} has it. Most lie near the end: from there it looks back, twice
     * as far at each step.
     */
    private int place(Bytes key) {
        byte[] wanted = key.get();
        long head = head(wanted);
        int from = start;
        int behind = end;
        for (int step = 1; behind - step >= start; step *= 2) {
            int looked = behind - step;
            if (compare(looked, head, wanted) < 0) {
                from = looked + 1;
                break;
            }
            behind = looked;
        }
        // What lies at its place or behind is not below the wanted one, what lies before is.
        int last = behind;
        while (from < last) {
            int middle = (from + last) >>> 1;
            if (compare(middle, head, wanted) < 0) {
                from = middle + 1;
            } else {
                last = middle;
            }
        }
        return from < end && Arrays.equals(keys[from], wanted) ? from : -from - 1;
    }

    private int compare(int place, long head, byte[] wanted) {
        int compared = Long.compareUnsigned(heads[place], head);
        return compared == 0 ? Arrays.compareUnsigned(keys[place], wanted) : compared;
    }

    /** The eight bytes behind the common beginning; what a shorter key lacks is nought, which no byte is below. */
    private long head(byte[] key) {
        if (key.length >= common + Long.BYTES) {
            return (long) BYTES_AS_LONG.get(key, common);
        }
        long head = 0;
        for (int i = common; i < common + Long.BYTES; i++) {
            head = head << Byte.SIZE | (i < key.length ? key[i] & 0xff : 0);
        }
        return head;
    }

    private void insert(int place, Bytes key, byte[] value) {
        changes++;
        int at = place;
        if (end == keys.length) {
            at -= start;
            makeRoom();
        }
        move(at, at + 1, end - at);
        heads[at] = head(key.get());
        keys[at] = key.get();
        values[at] = value;
        end++;
    }

    /** Uses what became free at the beginning where that is much, so that it is seldom needed. */
    private void makeRoom() {
        int size = size();
        int length = size > keys.length / 2 ? 2 * keys.length : keys.length;
        long[] oldHeads = heads;
        byte[] @Nullable [] oldKeys = keys;
        byte[] @Nullable [] oldValues = values;
        heads = new long[length];
        keys = new byte[length][];
        values = new byte[length][];
        System.arraycopy(oldHeads, start, heads, 0, size);
        System.arraycopy(oldKeys, start, keys, 0, size);
        System.arraycopy(oldValues, start, values, 0, size);
        start = 0;
        end = size;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(heads, from, heads, to, count);
        System.arraycopy(keys, from, keys, to, count);
        System.arraycopy(values, from, values, to, count);
    }

    private void clear(int place) {
        keys[place] = null;
        values[place] = null;
    }

    private final class Range implements Iterator<KeyValue<Bytes, byte[]>> {

        private final int step;
        private final int made = changes;
        private int next;
        private int left;

        Range(int first, int behind, boolean backwards) {
            step = backwards ? -1 : 1;
            next = backwards ? behind - 1 : first;
            left = behind - first;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            if (changes != made) {
                throw new ConcurrentModificationException("entries came or went while they were read");
            }
            if (left == 0) {
                throw new NoSuchElementException("the range has no more entries");
            }
            KeyValue<Bytes, byte[]> entry = KeyValue.pair(Bytes.wrap(keys[next]), values[next]);
            next += step;
            left--;
            return entry;
        }
    }
}
