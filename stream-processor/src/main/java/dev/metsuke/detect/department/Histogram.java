package dev.metsuke.detect.department;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How often which numbers occurred, to about 3 %: exact below 32, then in 16 buckets from each power of two to the next. Any
 * two can be added, and what was added can be taken out again.
 */
public final class Histogram {

    public static final Histogram NOTHING = new Histogram(new int[0], new long[0]);

    private static final int EXACT_BELOW = 32;
    private static final int EXACT_BITS = 5;
    private static final int BUCKETS_PER_DOUBLING = 16;

    /** Ascending, and how many numbers each holds; never 0. */
    private final int[] buckets;

    private final long[] counts;

    private Histogram(int[] buckets, long[] counts) {
        this.buckets = buckets;
        this.counts = counts;
    }

    /** The bucket that holds a number; what is below 0 counts as 0. */
    public static int bucket(long number) {
        if (number < EXACT_BELOW) {
            return (int) Math.max(number, 0);
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
        int leading = (int) (number >> (exponent - EXACT_BITS + 1));
        return EXACT_BELOW + (exponent - EXACT_BITS) * BUCKETS_PER_DOUBLING + leading - BUCKETS_PER_DOUBLING;
    }

    /** The number that stands for a bucket: its middle. */
    public static long number(int bucket) {
        if (bucket < EXACT_BELOW) {
            return bucket;
        }
        int shift = (bucket - EXACT_BELOW) / BUCKETS_PER_DOUBLING + 1;
        long leading = (bucket - EXACT_BELOW) % BUCKETS_PER_DOUBLING + (long) BUCKETS_PER_DOUBLING;
        return (leading << shift) + (1L << (shift - 1));
    }

    /** All numbers of all of them. */
    public static Histogram sum(Collection<Histogram> histograms) {
        int end = 0;
        for (Histogram each : histograms) {
            end = Math.max(end, each.buckets.length == 0 ? 0 : each.buckets[each.buckets.length - 1] + 1);
        }
        long[] sums = new long[end];
        for (Histogram each : histograms) {
            for (int i = 0; i < each.buckets.length; i++) {
                sums[each.buckets[i]] += each.counts[i];
            }
        }
        int[] buckets = new int[end];
        int size = 0;
        for (int bucket = 0; bucket < end; bucket++) {
            if (sums[bucket] != 0) {
                buckets[size] = bucket;
                sums[size] = sums[bucket];
                size++;
            }
        }
        return new Histogram(Arrays.copyOf(buckets, size), Arrays.copyOf(sums, size));
    }

    public Histogram with(int bucket, long count) {
        return with(new Histogram(new int[] {bucket}, new long[] {count}));
    }

    public Histogram with(Histogram other) {
        if (other.buckets.length == 0) {
            return this;
        }
        int[] merged = new int[buckets.length + other.buckets.length];
        long[] sums = new long[merged.length];
        int size = 0;
        for (int i = 0, j = 0; i < buckets.length || j < other.buckets.length; ) {
            int mine = i < buckets.length ? buckets[i] : Integer.MAX_VALUE;
            int others = j < other.buckets.length ? other.buckets[j] : Integer.MAX_VALUE;
            merged[size] = Math.min(mine, others);
            sums[size] = (mine <= others ? counts[i++] : 0) + (others <= mine ? other.counts[j++] : 0);
            size += sums[size] == 0 ? 0 : 1;
        }
        return new Histogram(Arrays.copyOf(merged, size), Arrays.copyOf(sums, size));
    }

    /** How many numbers. */
    public long size() {
        return Arrays.stream(counts).sum();
    }

    /** The middle one, or between the two middle ones; 0 where there are none. */
    public double median() {
        double[] numbers =
                Arrays.stream(buckets).mapToDouble(bucket -> number(bucket)).toArray();
        return median(numbers, counts);
    }

    /** The median of how far the numbers are from another number. */
    public double medianDistance(double from) {
        double[] distances = new double[buckets.length];
        long[] counted = new long[buckets.length];
        int above = 0;
        while (above < buckets.length && number(buckets[above]) < from) {
            above++;
        }
        int below = above - 1;
        for (int i = 0; i < distances.length; i++) {
            double up = above < buckets.length ? number(buckets[above]) - from : Double.MAX_VALUE;
            double down = below >= 0 ? from - number(buckets[below]) : Double.MAX_VALUE;
            distances[i] = Math.min(up, down);
            counted[i] = counts[up <= down ? above++ : below--];
        }
        return median(distances, counted);
    }

    private static double median(double[] ascending, long[] counts) {
        long size = Arrays.stream(counts).sum();
        return size == 0 ? 0 : (at(ascending, counts, (size - 1) / 2) + at(ascending, counts, size / 2)) / 2;
    }

    private static double at(double[] ascending, long[] counts, long index) {
        long passed = 0;
        for (int i = 0; i < counts.length; i++) {
            passed += counts[i];
            if (passed > index) {
                return ascending[i];
            }
        }
        throw new IllegalStateException("more was taken out of a histogram than was added to it");
    }

    /** Goes through the buckets from the least number to the largest. */
    void forEach(OnBucket onBucket) {
        for (int i = 0; i < buckets.length; i++) {
            onBucket.accept(number(buckets[i]), counts[i]);
        }
    }

    void write(CompactWriter out) {
        out.number(buckets.length);
        for (int i = 0; i < buckets.length; i++) {
            out.number(buckets[i]).number(counts[i]);
        }
    }

    static Histogram read(CompactReader in) {
        int size = in.count();
        int[] buckets = new int[size];
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            buckets[i] = in.count();
            counts[i] = in.number();
        }
        return new Histogram(buckets, counts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Histogram histogram
                && Arrays.equals(buckets, histogram.buckets)
                && Arrays.equals(counts, histogram.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(buckets) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Histogram");
        forEach((number, count) ->
                text.append(' ').append(count).append('\u00d7').append(number));
        return text.toString();
    }

    /** Takes a bucket: the number that stands for it, and how many it holds. */
    interface OnBucket {

        void accept(long number, long count);
    }
}
