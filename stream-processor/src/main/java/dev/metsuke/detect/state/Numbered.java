package dev.metsuke.detect.state;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Values by number, in order. There are hundreds of thousands of these, and most hold one value or two: they lie in arrays. */
final class Numbered<T> {

    private long[] numbers = new long[1];
    private @Nullable Object[] values = new Object[1];
    private int size;

    /** Null where there is none. */
    @Nullable
    T get(long number) {
        int place = place(number);
        return place < 0 ? null : at(place);
    }

    /** Gives what stood there before; null where nothing did. */
    @Nullable
    T put(long number, T value) {
        int place = place(number);
        if (place >= 0) {
            T before = at(place);
            values[place] = value;
            return before;
        }
        int added = -place - 1;
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        System.arraycopy(numbers, added, numbers, added + 1, size - added);
        System.arraycopy(values, added, values, added + 1, size - added);
        numbers[added] = number;
        values[added] = value;
        size++;
        return null;
    }

    void replaceAll(UnaryOperator<T> operator) {
        for (int place = 0; place < size; place++) {
            values[place] = operator.apply(at(place));
        }
    }

    /** Keeps no room for what it held. */
    void clear() {
        numbers = new long[1];
        values = new Object[1];
        size = 0;
    }

    /** From one number to another, both included. */
    void forEach(long first, long last, OnValue<T> consumer) {
        for (int place = placeFrom(first); place < size && numbers[place] <= last; place++) {
            consumer.accept(numbers[place], at(place));
        }
    }

    /** Takes out those from one number to another, both included, that fit. */
    void removeIf(long first, long last, Predicate<T> condition) {
        int kept = placeFrom(first);
        int next = kept;
        for (; next < size && numbers[next] <= last; next++) {
            if (!condition.test(at(next))) {
                move(next, kept++);
            }
        }
        if (kept == next) {
            return;
        }
        for (; next < size; next++) {
            move(next, kept++);
        }
        Arrays.fill(values, kept, size, null);
        size = kept;
    }

    private void move(int from, int to) {
        numbers[to] = numbers[from];
        values[to] = values[from];
    }

    private int placeFrom(long number) {
        int place = place(number);
        return place >= 0 ? place : -place - 1;
    }

    /** The last one is asked for most. */
    private int place(long number) {
        return size > 0 && numbers[size - 1] == number ? size - 1 : Arrays.binarySearch(numbers, 0, size, number);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // Only values are put, and none is left behind.
    private T at(int place) {
        return (T) values[place];
    }

    /** Takes a value with its number. */
    interface OnValue<T> {

        void accept(long number, T value);
    }
}
