package dev.metsuke.events.proof;

import org.jspecify.annotations.Nullable;

/**
 * Values by number, without an object for each number or entry: an open-addressed hash table with linear probing (Knuth, The
 * Art of Computer Programming, volume 3, section 6.4, algorithms L and R).
 */
final class NumberMap<V> {

    private static final int LEAST_SLOTS = 16;
    /** 2^64 divided by the golden ratio: spreads neighbouring numbers (Fibonacci hashing, ibid.). */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private long[] numbers = new long[LEAST_SLOTS];
    private @Nullable Object[] values = new Object[LEAST_SLOTS];
    private int size;

    @Nullable
    V get(long number) {
        return at(slot(number));
    }

    /** What stood there before. */
    @Nullable
    V put(long number, V value) {
        int slot = slot(number);
        V before = at(slot);
        numbers[slot] = number;
        values[slot] = value;
        if (before == null && ++size > values.length / 2) {
            grow();
        }
        return before;
    }

    /** What stood there. */
    @Nullable
    V remove(long number) {
        int slot = slot(number);
        V removed = at(slot);
        if (removed != null) {
            size--;
            close(slot);
        }
        return removed;
    }

    int size() {
        return size;
    }

    /** Whatever stands behind a gap, and belongs before or into it, is moved there. */
    private void close(int emptied) {
        int gap = emptied;
        int slot = next(gap);
        while (values[slot] != null) {
            int home = home(numbers[slot]);
            boolean isReachedOverGap = gap <= slot ? home <= gap || home > slot : home <= gap && home > slot;
            if (isReachedOverGap) {
                numbers[gap] = numbers[slot];
                values[gap] = values[slot];
                gap = slot;
            }
            slot = next(slot);
        }
        values[gap] = null;
    }

    private void grow() {
        long[] oldNumbers = numbers;
        @Nullable Object[] oldValues = values;
        numbers = new long[2 * oldNumbers.length];
        values = new Object[numbers.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldNumbers[i]);
                numbers[slot] = oldNumbers[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** Where it stands, or would. */
    private int slot(long number) {
        int slot = home(number);
        while (values[slot] != null && numbers[slot] != number) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(long number) {
        return (int) ((number * SPREAD) >>> (Long.numberOfLeadingZeros(values.length) + 1));
    }

    private int next(int slot) {
        return (slot + 1) & (values.length - 1);
    }

    @SuppressWarnings("unchecked") // only put writes
    private @Nullable V at(int slot) {
        return (V) values[slot];
    }
}
