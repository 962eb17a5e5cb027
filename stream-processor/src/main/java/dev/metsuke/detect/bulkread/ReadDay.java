package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an account read on a day of UTC, as far as it was in time and nothing was too much of it: what is usual is learnt
 * from this alone.
 *
 * @param day days since 1970
 * @param hours how many people, by hour of the day
 * @param flagged the hours in which something was too much; they teach nothing
 * @param datasets whose data, by dataset
 */
record ReadDay(long day, Map<Integer, Long> hours, BitSet flagged, Map<String, People> datasets) {

    static final long MINUTES = 24 * 60;
    private static final int HOURS = 24;

    ReadDay {
        hours = Collections.unmodifiableMap(new TreeMap<>(hours));
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
    }

    /** Out of what no window explained. */
    static ReadDay of(long day, Collection<MinuteSlot> calm, BitSet flagged, Function<String, @Nullable Long> sizes) {
        Map<Integer, People.Sum> hours = new TreeMap<>();
        Map<String, People.Sum> datasets = new TreeMap<>();
        for (MinuteSlot slot : calm) {
            if (slot.day() == day) {
                Long size = sizes.apply(slot.dataset());
                long unsaid = size == null ? 0 : slot.unknownRecords() * size;
                for (People.Sum sum : new People.Sum[] {
                    hours.computeIfAbsent((int) (slot.hour() - day * HOURS), hour -> new People.Sum()),
                    datasets.computeIfAbsent(slot.dataset(), dataset -> new People.Sum())
                }) {
                    sum.add(slot.people());
                    sum.addNumber(unsaid);
                }
            }
        }
        Map<Integer, Long> byHour = new TreeMap<>();
        hours.forEach((hour, sum) -> byHour.put(hour, sum.count()));
        Map<String, People> byDataset = new TreeMap<>();
        datasets.forEach((dataset, sum) -> byDataset.put(dataset, sum.people()));
        return new ReadDay(day, byHour, flagged.get(0, HOURS), byDataset);
    }

    long people() {
        return hours.values().stream().mapToLong(Long::longValue).sum();
    }

    byte[] bytes() {
        CompactWriter out = new CompactWriter().number(hours.size());
        hours.forEach((hour, people) -> out.number(hour).number(people));
        long[] bits = flagged.toLongArray();
        out.number(bits.length == 0 ? 0 : bits[0]);
        datasets.forEach((dataset, people) -> people.write(out.text(dataset)));
        return out.bytes();
    }

    static ReadDay of(long day, byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        Map<Integer, Long> hours = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            hours.put(in.count(), in.number());
        }
        BitSet flagged = BitSet.valueOf(new long[] {in.number()});
        Map<String, People> datasets = new TreeMap<>();
        while (in.hasMore()) {
            datasets.put(in.text(), People.read(in));
        }
        return new ReadDay(day, hours, flagged, datasets);
    }
}
