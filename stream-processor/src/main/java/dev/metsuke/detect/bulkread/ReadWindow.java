package dev.metsuke.detect.bulkread;

import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A window that slides over reads, and knows how many people it holds. What is counted by number alone is added as it comes
 * in and subtracted as it goes out; people whom logs name are united out of what {@link SlidingUnion} keeps.
 */
final class ReadWindow {

    private final SortedReads reads;
    private final int[] counted;
    private final long[] people;
    private final int[] held;
    private final int[] naming;
    private final @Nullable SlidingUnion[] ofDatasets;
    private final SlidingUnion ofAll;
    private int from;
    private int to;
    private long end;
    private long most;
    private int allNaming;

    private ReadWindow(SortedReads reads) {
        int datasets = reads.datasets().size();
        this.reads = reads;
        this.counted = new int[reads.size()];
        this.people = new long[datasets];
        this.held = new int[datasets];
        this.naming = new int[datasets];
        this.ofDatasets = new SlidingUnion[datasets];
        this.ofAll = new SlidingUnion((place, sum) -> reads.add(counted[place], sum));
    }

    /**
     * Shows each window that ends with reads that count, unless it can hold no more people than {@code limit}: of some
     * thousand windows of a day hardly one holds more.
     *
     * @param length how many units a window is long
     * @param unit in which unit, a minute or an hour, a read lies
     * @param counts which reads count, by place
     */
    static void slide(
            SortedReads reads,
            long length,
            ToLongFunction<MinuteSlot> unit,
            IntPredicate counts,
            long limit,
            Consumer<ReadWindow> onWindow) {
        ReadWindow window = new ReadWindow(reads);
        for (int place = 0; place < reads.size(); place++) {
            window.end = unit.applyAsLong(reads.get(place));
            boolean isCounted = counts.test(place);
            if (isCounted) {
                window.add(place);
            }
            boolean isLastOfUnit = place == reads.size() - 1 || unit.applyAsLong(reads.get(place + 1)) != window.end;
            if (!isLastOfUnit || window.to == 0) {
                continue;
            }
            boolean endsWithCounted = unit.applyAsLong(reads.get(window.last())) == window.end;
            if (endsWithCounted) {
                while (unit.applyAsLong(reads.get(window.first())) <= window.end - length) {
                    window.removeFirst();
                }
                if (window.most > limit || !reads.isSummable()) {
                    onWindow.accept(window);
                }
            }
        }
    }

    /** The unit with which it ends. */
    long end() {
        return end;
    }

    /** The place of its first read. */
    int first() {
        return counted[from];
    }

    /** The place of its last read. */
    int last() {
        return counted[to - 1];
    }

    boolean holds(int dataset) {
        return held[dataset] > 0;
    }

    /** How many people of a dataset. */
    long people(int dataset) {
        if (reads.isSummable() && naming[dataset] == 0) {
            return people[dataset];
        }
        @Nullable SlidingUnion known = ofDatasets[dataset];
        if (known == null) {
            known = new SlidingUnion((place, sum) -> {
                if (reads.datasetOf(counted[place]) == dataset) {
                    reads.add(counted[place], sum);
                }
            });
            ofDatasets[dataset] = known;
        }
        return known.count(from, to);
    }

    /** How many people of all datasets together. */
    long people() {
        return reads.isSummable() && allNaming == 0 ? most : ofAll.count(from, to);
    }

    /** The sum of a number that reads have. */
    long sum(ToLongFunction<MinuteSlot> number) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += number.applyAsLong(reads.get(counted[i]));
        }
        return sum;
    }

    private void add(int place) {
        counted[to++] = place;
        change(place, 1);
    }

    private void removeFirst() {
        change(counted[from++], -1);
    }

    private void change(int place, int times) {
        int dataset = reads.datasetOf(place);
        most += times * reads.most(place);
        people[dataset] += times * reads.most(place);
        held[dataset] += times;
        if (reads.get(place).people().isNamed()) {
            naming[dataset] += times;
            allNaming += times;
        }
    }
}
