package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
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
    private final BulkReadPolicy.Ceilings ceilings;
    private final Usual usual;
    private final List<MinuteSlot> slots;

    /** No window holds more people than all of them do, each counted as often as read. */
    private final long all;

    private final long leastCeiling;
    private final BitSet explained = new BitSet();
    private final Map<ReadScope, Map<Long, Peak>> peaks = new TreeMap<>(Comparator.comparing(ReadScope::toString));

    private BulkReads(
            AccountId account,
            @Nullable String department,
            BulkReadPolicy policy,
            Usual usual,
            Collection<MinuteSlot> slots) {
        this.policy = policy;
        this.ceilings = policy.ceilings(account.value(), department);
        this.usual = usual;
        this.slots = slots.stream()
                .sorted(Comparator.comparingLong(MinuteSlot::minute)
                        .thenComparing(MinuteSlot::dataset)
                        .thenComparing(MinuteSlot::isLate))
                .toList();
        this.all = this.slots.stream().mapToLong(this::most).reduce(0, Episode::sum);
        this.leastCeiling = ceilings.least();
    }

    private long most(MinuteSlot slot) {
        Long size = policy.size(slot.dataset());
        return Episode.sum(slot.people().count(), size == null ? 0 : slot.unknownRecords() * size);
    }

    /** Over up to 24 hours; slots must reach back, and on, as far as {@link #reach} from those that are asked for. */
    static BulkReads judge(
            AccountId account,
            @Nullable String department,
            BulkReadPolicy policy,
            Usual usual,
            Collection<MinuteSlot> slots) {
        BulkReads reads = new BulkReads(account, department, policy, usual, slots);
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
        for (int i = explained.nextClearBit(0); i < slots.size(); i = explained.nextClearBit(i + 1)) {
            calm.add(slots.get(i));
        }
        return calm;
    }

    /** The hours in which something was too much. */
    BitSet flaggedHours(long firstHour) {
        BitSet hours = new BitSet();
        explained.stream()
                .mapToLong(i -> slots.get(i).hour() - firstHour)
                .filter(hour -> hour >= 0)
                .forEach(hour -> hours.set((int) hour));
        return hours;
    }

    private void compareWithCeilings(long units, long times, ToLongFunction<MinuteSlot> unit, Reach reach) {
        if (all <= times * leastCeiling) {
            return;
        }
        long minutes = reach == Reach.HOUR ? units : units * MINUTES_PER_HOUR;
        BitSet found = new BitSet();
        windows(units, unit, i -> !explained.get(i), times * leastCeiling, (end, window) -> {
            Map<String, People.Sum> sums = new TreeMap<>();
            for (int i : window) {
                add(sums.computeIfAbsent(slots.get(i).dataset(), dataset -> new People.Sum()), slots.get(i));
            }
            boolean isExplained = false;
            long highest = ceilings.ofAll();
            for (Map.Entry<String, People.Sum> sum : sums.entrySet()) {
                if (!sum.getKey().equals(MinuteSlot.UNNAMED)) {
                    long ceiling = ceilings.of(sum.getKey());
                    highest = Math.max(highest, ceiling);
                    long people = sum.getValue().count();
                    if (people > times * ceiling) {
                        isExplained = true;
                        Peak peak = Peak.aboveCeiling(people, times * ceiling, minutes);
                        flag(new ReadScope(sum.getKey(), reach), window, peak, found);
                    }
                }
            }
            if (!isExplained) {
                long people = count(window);
                if (people > times * highest) {
                    Peak peak = Peak.aboveCeiling(people, times * highest, minutes);
                    flag(new ReadScope(ReadScope.ALL_DATASETS, reach), window, peak, found);
                }
            }
        });
        explained.or(found);
    }

    private void compareHoursWithUsual() {
        BitSet found = new BitSet();
        windows(
                MINUTES_PER_HOUR,
                MinuteSlot::minute,
                this::teaches,
                policy.unusual().atLeast(),
                (end, window) -> {
                    long people = count(window);
                    Usual.Yardstick yardstick = people > policy.unusual().atLeast() ? usual.hour(end) : null;
                    if (yardstick != null && people > yardstick.limit()) {
                        ReadScope scope = new ReadScope(ReadScope.ALL_DATASETS, Reach.HOUR);
                        flag(scope, window, yardstick.peak(people, MINUTES_PER_HOUR), found);
                    }
                });
        explained.or(found);
    }

    private void compareDaysWithUsual() {
        if (all <= policy.unusual().atLeast()) {
            return;
        }
        TreeMap<Long, Long> peopleByHour = new TreeMap<>();
        windows(1, MinuteSlot::hour, this::teaches, NONE, (hour, window) -> peopleByHour.put(hour, count(window)));
        BitSet found = new BitSet();
        windows(HOURS_PER_DAY, MinuteSlot::hour, this::teaches, policy.unusual().atLeast(), (end, window) -> {
            long people = peopleByHour.subMap(end - HOURS_PER_DAY + 1, true, end, true).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            Usual.Yardstick yardstick = people > policy.unusual().atLeast() ? usual.day(end) : null;
            if (yardstick != null && people > yardstick.limit()) {
                ReadScope scope = new ReadScope(ReadScope.ALL_DATASETS, Reach.DAY);
                flag(scope, window, yardstick.peak(people, HOURS_PER_DAY * MINUTES_PER_HOUR), found);
            }
        });
        explained.or(found);
    }

    private void countUnsizedExports() {
        windows(
                HOURS_PER_DAY,
                MinuteSlot::hour,
                i -> slots.get(i).unknownExports() > 0
                        && policy.size(slots.get(i).dataset()) == null,
                NONE,
                (end, window) -> {
                    long exports = window.stream()
                            .mapToLong(i -> slots.get(i).unknownExports())
                            .sum();
                    if (exports > policy.unsizedExports()) {
                        Peak peak = Peak.ofUnsized(exports, policy.unsizedExports());
                        flag(new ReadScope(ReadScope.ALL_DATASETS, Reach.UNSIZED), window, peak, new BitSet());
                    }
                });
    }

    /** What came late is compared with ceilings only: baselines must not depend on when it came. */
    private boolean teaches(int slot) {
        return !explained.get(slot) && !slots.get(slot).isLate();
    }

    /**
     * Each window that ends with slots that count, unless it can hold no more people than {@code limit}: of some thousand
     * windows of a day hardly one holds more, and to count people costs most.
     */
    private void windows(
            long units, ToLongFunction<MinuteSlot> unit, IntPredicate counted, long limit, OnWindow onWindow) {
        List<Integer> within = new ArrayList<>();
        int first = 0;
        long most = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (counted.test(i)) {
                within.add(i);
                most += most(slots.get(i));
            }
            long end = unit.applyAsLong(slots.get(i));
            boolean isLast = i == slots.size() - 1 || unit.applyAsLong(slots.get(i + 1)) != end;
            if (isLast) {
                while (first < within.size() && unit.applyAsLong(slots.get(within.get(first))) <= end - units) {
                    most -= most(slots.get(within.get(first++)));
                }
                boolean endsWithCounted = first < within.size() && unit.applyAsLong(slots.get(within.getLast())) == end;
                if (endsWithCounted && (most > limit || all == Long.MAX_VALUE)) {
                    onWindow.accept(end, within.subList(first, within.size()));
                }
            }
        }
    }

    private long count(List<Integer> window) {
        People.Sum sum = new People.Sum();
        window.forEach(i -> add(sum, slots.get(i)));
        return sum.count();
    }

    private void add(People.Sum sum, MinuteSlot slot) {
        sum.add(slot.people());
        Long size = policy.size(slot.dataset());
        if (size != null && slot.unknownRecords() > 0) {
            sum.addNumber(slot.unknownRecords() * size);
        }
    }

    private void flag(ReadScope scope, List<Integer> window, Peak peak, BitSet found) {
        Map<Long, Peak> minutes = peaks.computeIfAbsent(scope, named -> new TreeMap<>());
        for (int i : window) {
            if (scope.holds(slots.get(i).dataset())) {
                found.set(i);
                minutes.merge(slots.get(i).minute(), peak, Peak::orLarger);
            }
        }
    }

    private interface OnWindow {

        void accept(long end, List<Integer> window);
    }
}
