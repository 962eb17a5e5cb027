package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an account read on a day of UTC, as far as it was in time and nothing was too much of it: what is usual is learnt
 * from this alone. Ninety of them are read to tell what is usual, mostly for their hours alone.
 */
final class ReadDay {

    static final long MINUTES = 24 * 60;
    private static final int HOURS = 24;

    /** Those with the most people; a day is one record of the changelog. */
    private static final int MOST_DATASETS = 3_000;

    private final long day;
    private final long[] people;
    private final long read;
    private final long flagged;
    private final byte[] datasets;

    /**
     * Bits: hours with reads, and hours in which something was too much.
     *
     * @param people of the hours with reads alone, in their order: of most days there are one or two
     */
    private ReadDay(long day, long[] people, long read, long flagged, byte[] datasets) {
        this.day = day;
        this.people = people;
        this.read = read;
        this.flagged = flagged;
        this.datasets = datasets;
    }

    /** Out of what no window explained. */
    static ReadDay of(long day, Collection<MinuteSlot> calm, BitSet flagged, BulkReadPolicy policy) {
        People.@Nullable Sum[] hours = new People.Sum[HOURS];
        Map<String, People.Sum> byDataset = new TreeMap<>();
        for (MinuteSlot slot : calm) {
            if (slot.day() == day) {
                long unsaid = slot.peopleOfUnknown(policy);
                int hour = (int) (slot.hour() - day * HOURS);
                People.@Nullable Sum ofHour = hours[hour];
                if (ofHour == null) {
                    ofHour = new People.Sum();
                    hours[hour] = ofHour;
                }
                People.Sum ofDataset = byDataset.computeIfAbsent(slot.dataset(), dataset -> new People.Sum());
                ofHour.add(slot.people());
                ofHour.addNumber(unsaid);
                ofDataset.add(slot.people());
                ofDataset.addNumber(unsaid);
            }
        }
        long[] people = Arrays.stream(hours)
                .filter(Objects::nonNull)
                .mapToLong(People.Sum::count)
                .toArray();
        long read = 0;
        for (int hour = 0; hour < HOURS; hour++) {
            read |= hours[hour] == null ? 0 : 1L << hour;
        }
        CompactWriter datasets = new CompactWriter();
        largest(byDataset).forEach((dataset, sum) -> sum.people().write(datasets.text(dataset)));
        long[] bits = flagged.get(0, HOURS).toLongArray();
        return new ReadDay(day, people, read, bits.length == 0 ? 0 : bits[0], datasets.bytes());
    }

    /** What is left over counts with what did not say its dataset. */
    private static Map<String, People.Sum> largest(Map<String, People.Sum> byDataset) {
        if (byDataset.size() <= MOST_DATASETS) {
            return byDataset;
        }
        Map<String, People.Sum> largest = new TreeMap<>();
        People.Sum rest = largest.computeIfAbsent(MinuteSlot.UNNAMED, dataset -> new People.Sum());
        byDataset.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, People.Sum> entry) ->
                                -entry.getValue().count())
                        .thenComparing(Map.Entry::getKey))
                .forEachOrdered(entry -> {
                    if (largest.size() < MOST_DATASETS && !entry.getKey().equals(MinuteSlot.UNNAMED)) {
                        largest.put(entry.getKey(), entry.getValue());
                    } else {
                        rest.add(entry.getValue());
                    }
                });
        return largest;
    }

    /** The same reads, all of which were too much together with others. */
    ReadDay flagged() {
        return new ReadDay(day, people, read, flagged | read, datasets);
    }

    /** In days since 1970. */
    long day() {
        return day;
    }

    /** Whether there were reads in an hour of the day that count. */
    boolean hasReads(int hour) {
        return (read & (1L << hour)) != 0;
    }

    /** How many people in an hour of the day. */
    long people(int hour) {
        return hasReads(hour) ? people[Long.bitCount(read & ((1L << hour) - 1))] : 0;
    }

    long people() {
        long sum = 0;
        for (long ofHour : people) {
            sum += ofHour;
        }
        return sum;
    }

    /** Whether something in an hour was too much; it teaches nothing. */
    boolean isFlagged(int hour) {
        return (flagged & (1L << hour)) != 0;
    }

    /** Whose data, by dataset. */
    Map<String, People> datasets() {
        Map<String, People> read = new TreeMap<>();
        CompactReader in = new CompactReader(datasets);
        while (in.hasMore()) {
            read.put(in.text(), People.read(in));
        }
        return read;
    }

    void write(CompactWriter out) {
        out.number(Long.bitCount(read));
        for (int hour = 0; hour < HOURS; hour++) {
            if (hasReads(hour)) {
                out.number(hour).number(people(hour));
            }
        }
        out.number(flagged).bytes(datasets);
    }

    static ReadDay read(long day, CompactReader in) {
        long[] people = new long[in.count()];
        long read = 0;
        for (int i = 0; i < people.length; i++) {
            read |= 1L << in.count();
            people[i] = in.number();
        }
        return new ReadDay(day, people, read, in.number(), in.bytes());
    }
}
