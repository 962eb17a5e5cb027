package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
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
        byDataset.forEach((dataset, sum) -> sum.people().write(datasets.text(dataset)));
        long[] bits = flagged.get(0, HOURS).toLongArray();
        return new ReadDay(day, people, read, bits.length == 0 ? 0 : bits[0], datasets.bytes());
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
