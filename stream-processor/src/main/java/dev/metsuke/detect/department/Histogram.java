package dev.metsuke.detect.department;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often which numbers occurred, to about 3 %: exact below 32, then in 16 buckets from each power of two to the next. Any
 * two can be added, and what was added can be taken out again.
 *
 * @param counts by bucket, how many numbers
 */
public record Histogram(NavigableMap<Integer, Long> counts) {

    public static final Histogram NOTHING = new Histogram(new TreeMap<>());

    private static final int EXACT_BELOW = 32;
    private static final int EXACT_BITS = 5;
    private static final int BUCKETS_PER_DOUBLING = 16;

    public Histogram {
        counts = Collections.unmodifiableNavigableMap(new TreeMap<>(counts));
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

    public Histogram with(int bucket, long count) {
        TreeMap<Integer, Long> sum = new TreeMap<>(counts);
        add(sum, bucket, count);
        return new Histogram(sum);
    }

    public Histogram with(Histogram other) {
        if (other.counts.isEmpty()) {
            return this;
        }
        TreeMap<Integer, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((bucket, count) -> add(sum, bucket, count));
        return new Histogram(sum);
    }

    private static void add(TreeMap<Integer, Long> sum, int bucket, long count) {
        long now = sum.getOrDefault(bucket, 0L) + count;
        if (now == 0) {
            sum.remove(bucket);
        } else {
            sum.put(bucket, now);
        }
    }

    /** How many numbers. */
    public long size() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The middle one, or between the two middle ones; 0 where there are none. */
    public double median() {
        TreeMap<Double, Long> numbers = new TreeMap<>();
        counts.forEach((bucket, count) -> numbers.put((double) number(bucket), count));
        return median(numbers);
    }

    /** The median of how far the numbers are from another number. */
    public double medianDistance(double from) {
        TreeMap<Double, Long> distances = new TreeMap<>();
        counts.forEach((bucket, count) -> distances.merge(Math.abs(number(bucket) - from), count, Long::sum));
        return median(distances);
    }

    private static double median(SortedMap<Double, Long> counted) {
        long size = counted.values().stream().mapToLong(Long::longValue).sum();
        return size == 0 ? 0 : (at(counted, (size - 1) / 2) + at(counted, size / 2)) / 2;
    }

    private static double at(SortedMap<Double, Long> counted, long index) {
        long passed = 0;
        for (var each : counted.entrySet()) {
            passed += each.getValue();
            if (passed > index) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("more was taken out of a histogram than was added to it");
    }

    void write(CompactWriter out) {
        out.number(counts.size());
        counts.forEach((bucket, count) -> out.number(bucket).number(count));
    }

    static Histogram read(CompactReader in) {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            counts.put(in.count(), in.number());
        }
        return new Histogram(counts);
    }
}
