package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.BulkReadPolicy.Ceilings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the minutes in which an account read too much: those within a window whose sum is above what the window is
 * compared with. From the shortest window to the longest, each counts what no shorter one explains; a window ends with a
 * minute (from 24 hours on, an hour) that has reads.
 */
final class BulkReads {

    private static final long MINUTES_PER_HOUR = 60;
    private static final long HOURS_PER_DAY = 24;
    /** Less than any window holds. */
    private static final long NONE = -1;

    private final BulkReadPolicy policy;
    private final CeilingsByTime ceilings;
    private final long leastCeiling;
    private final Usual usual;
    private final SortedReads reads;
    private final BitSet explained = new BitSet();
    private final BitSet unsized = new BitSet();
    private final Map<ReadScope, Map<Long, Peak>> peaks = new TreeMap<>(Comparator.comparing(ReadScope::toString));

    private BulkReads(CeilingsByTime ceilings, BulkReadPolicy policy, Usual usual, Collection<MinuteSlot> slots) {
        this.policy = policy;
        this.ceilings = ceilings;
        this.leastCeiling = ceilings.least();
        this.usual = usual;
        this.reads = new SortedReads(policy, slots);
    }

    /** Over up to 24 hours; slots must reach back, and on, as far as {@link #reach} from those that are asked for. */
    static BulkReads judge(CeilingsByTime ceilings, BulkReadPolicy policy, Usual usual, Collection<MinuteSlot> slots) {
        BulkReads reads = new BulkReads(ceilings, policy, usual, slots);
        reads.compareWithCeilings(policy.window().toMinutes(), 1, MinuteSlot::minute, Reach.HOUR);
        reads.compareWithCeilings(MINUTES_PER_HOUR, policy.hourTimes(), MinuteSlot::minute, Reach.HOUR);
        reads.compareHoursWithUsual();
        reads.compareWithCeilings(HOURS_PER_DAY, policy.dayTimes(), MinuteSlot::hour, Reach.DAY);
        reads.compareDaysWithUsual();
        reads.countUnsizedExports();
        return reads;
    }

    /** How many minutes before and after a minute the reads lie that have a part in how it is judged. */
    static long reach(BulkReadPolicy policy) {
        return HOURS_PER_DAY * MINUTES_PER_HOUR
                + MINUTES_PER_HOUR
                + Math.max(MINUTES_PER_HOUR, policy.window().toMinutes());
    }

    /** By scope, then by minute: the largest peak of the windows that the minute is part of. */
    Map<ReadScope, Map<Long, Peak>> flaggedMinutes() {
        return peaks;
    }

    /** What no window explains. */
    List<MinuteSlot> calm() {
        List<MinuteSlot> calm = new ArrayList<>();
        for (int i = explained.nextClearBit(0); i < reads.size(); i = explained.nextClearBit(i + 1)) {
            calm.add(reads.get(i));
        }
        return calm;
    }

    /** The hours in which something was too much. */
    BitSet flaggedHours(long firstHour) {
        BitSet hours = new BitSet();
        BitSet flagged = (BitSet) explained.clone();
        flagged.or(unsized);
        flagged.stream()
                .mapToLong(i -> reads.get(i).hour() - firstHour)
                .filter(hour -> hour >= 0)
                .forEach(hour -> hours.set((int) hour));
        return hours;
    }

    private void compareWithCeilings(long units, long times, ToLongFunction<MinuteSlot> unit, Reach reach) {
        if (reads.all() <= times * leastCeiling) {
            return;
        }
        long minutes = reach == Reach.HOUR ? units : units * MINUTES_PER_HOUR;
        List<String> datasets = reads.datasets();
        Limits limits = new Limits(times, datasets);
        Flags flags = new Flags(place -> !explained.get(place));
        ReadWindow.slide(reads, units, unit, flags.counted, times * leastCeiling, window -> {
            limits.takeFrom(ceilings.during(
                    reads.get(window.first()).minute(), reads.get(window.last()).minute()));
            boolean isExplained = false;
            LimitOfAll together = new LimitOfAll(limits.ofAll);
            for (int dataset = 0; dataset < datasets.size(); dataset++) {
                String name = datasets.get(dataset);
                if (window.holds(dataset) && !name.equals(MinuteSlot.UNNAMED)) {
                    long limit = limits.ofDatasets[dataset];
                    long people = window.people(dataset);
                    together.add(limit, people);
                    if (people > limit) {
                        isExplained = true;
                        flags.add(new ReadScope(name, reach), window, Peak.aboveCeiling(people, limit, minutes));
                    }
                }
            }
            if (!isExplained && window.people() > together.limit()) {
                ReadScope all = ReadScope.ofAll(reach);
                flags.add(all, window, Peak.aboveCeiling(window.people(), together.limit(), minutes));
            }
        });
        explained.or(flags.apply());
    }

    private void compareHoursWithUsual() {
        long atLeast = policy.unusual().atLeast();
        ReadScope scope = ReadScope.ofAll(Reach.HOUR);
        Flags flags = new Flags(this::teaches);
        ReadWindow.slide(reads, MINUTES_PER_HOUR, MinuteSlot::minute, flags.counted, atLeast, window -> {
            long people = window.people();
            Usual.Yardstick yardstick = people > atLeast ? usual.hour(window.end()) : null;
            if (yardstick != null && people > yardstick.limit()) {
                flags.add(scope, window, yardstick.peak(people, MINUTES_PER_HOUR));
            }
        });
        explained.or(flags.apply());
    }

    private void compareDaysWithUsual() {
        long atLeast = policy.unusual().atLeast();
        if (reads.all() <= atLeast) {
            return;
        }
        ReadScope scope = ReadScope.ofAll(Reach.DAY);
        Flags flags = new Flags(this::teaches);
        HourSums hours = new HourSums(reads.size());
        ReadWindow.slide(
                reads, 1, MinuteSlot::hour, flags.counted, NONE, window -> hours.add(window.end(), window.people()));
        ReadWindow.slide(reads, HOURS_PER_DAY, MinuteSlot::hour, flags.counted, atLeast, window -> {
            long end = window.end();
            long people = hours.ofDayUntil(end);
            Usual.Yardstick yardstick = people > atLeast ? usual.day(end) : null;
            if (yardstick != null && people > yardstick.limit()) {
                flags.add(scope, window, yardstick.peak(people, HOURS_PER_DAY * MINUTES_PER_HOUR));
            }
        });
        explained.or(flags.apply());
    }

    /** They explain nothing: how much was taken by them is not known. */
    private void countUnsizedExports() {
        ReadScope scope = ReadScope.ofAll(Reach.UNSIZED);
        Flags flags = new Flags(place -> reads.get(place).hasUnsizedExports(policy));
        ReadWindow.slide(reads, HOURS_PER_DAY, MinuteSlot::hour, flags.counted, NONE, window -> {
            long exports = window.sum(MinuteSlot::unknownExports);
            if (exports > policy.unsizedExports()) {
                flags.add(scope, window, Peak.ofUnsized(exports, policy.unsizedExports()));
            }
        });
        unsized.or(flags.apply());
    }

    /** What came late is compared with ceilings only: baselines must not depend on when it came. */
    private boolean teaches(int place) {
        return !explained.get(place) && !reads.get(place).isLate();
    }

    /** Ceilings for windows of one length, which are the same for nearly all of them. */
    private static final class Limits {

        private final long times;
        private final List<String> datasets;
        private final long[] ofDatasets;
        private long ofAll;
        private @Nullable Ceilings taken;

        Limits(long times, List<String> datasets) {
            this.times = times;
            this.datasets = datasets;
            this.ofDatasets = new long[datasets.size()];
        }

        void takeFrom(Ceilings ceilings) {
            if (!ceilings.equals(taken)) {
                taken = ceilings;
                ofAll = times * ceilings.ofAll();
                Arrays.setAll(ofDatasets, dataset -> times * ceilings.of(datasets.get(dataset)));
            }
        }
    }

    /** The windows of one comparison that were too much, each scope's from the first to the last. */
    private final class Flags {

        private final IntPredicate counted;
        private final Map<ReadScope, List<Flag>> byScope = new HashMap<>();

        Flags(IntPredicate counted) {
            this.counted = counted;
        }

        void add(ReadScope scope, ReadWindow window, Peak peak) {
            byScope.computeIfAbsent(scope, added -> new ArrayList<>())
                    .add(new Flag(window.first(), window.last(), peak));
        }

        /** Gives each minute its largest peak; returns the places of the reads that were part of it. */
        BitSet apply() {
            BitSet found = new BitSet();
            byScope.forEach((scope, flags) -> {
                Map<Long, Peak> minutes = peaks.computeIfAbsent(scope, added -> new HashMap<>());
                apply(scope, flags, (place, peak) -> {
                    found.set(place);
                    minutes.merge(reads.get(place).minute(), peak, Peak::orLarger);
                });
            });
            return found;
        }

        /** Windows begin and end in the same order: none is open for longer than a later one with a larger peak. */
        private void apply(ReadScope scope, List<Flag> flags, OnFlagged onFlagged) {
            Deque<Flag> open = new ArrayDeque<>();
            int next = 0;
            for (int place = flags.getFirst().first(); place <= flags.getLast().last(); place++) {
                for (; next < flags.size() && flags.get(next).first() <= place; next++) {
                    Flag begun = flags.get(next);
                    while (!open.isEmpty() && open.getLast().peak().compareTo(begun.peak()) <= 0) {
                        open.removeLast();
                    }
                    open.addLast(begun);
                }
                while (!open.isEmpty() && open.getFirst().last() < place) {
                    open.removeFirst();
                }
                if (!open.isEmpty()
                        && counted.test(place)
                        && scope.holds(reads.get(place).dataset())) {
                    onFlagged.accept(place, open.getFirst().peak());
                }
            }
        }
    }

    /** How many people in each hour, and in the 24 that end with one; of both, a later hour comes after an earlier one. */
    private static final class HourSums {

        private final long[] hours;
        private final long[] people;
        private int size;
        private int from;
        private int to;
        private long sum;

        HourSums(int most) {
            hours = new long[most];
            people = new long[most];
        }

        void add(long hour, long number) {
            hours[size] = hour;
            people[size++] = number;
        }

        long ofDayUntil(long hour) {
            for (; to < size && hours[to] <= hour; to++) {
                sum += people[to];
            }
            for (; from < to && hours[from] <= hour - HOURS_PER_DAY; from++) {
                sum -= people[from];
            }
            return sum;
        }
    }

    /** A window, by the places of its first and last read, and by how much it was too much. */
    private record Flag(int first, int last, Peak peak) {}

    private interface OnFlagged {

        void accept(int place, Peak peak);
    }
}
