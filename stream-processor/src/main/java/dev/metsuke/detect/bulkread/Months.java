package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.BulkReadPolicy.Ceilings;
import dev.metsuke.events.alert.ReadOnDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds slow drips: days on which the 30 days that end with them were too much, though no single day was. */
final class Months {

    /** As long is a month here. */
    static final long DAYS = 30;

    /** Of so many datasets an alert tells how much was read on a day. */
    private static final int MOST_DATASETS = 3;

    private final BulkReadPolicy policy;
    private final CeilingsByTime ceilings;
    private final Usual usual;
    private final NavigableMap<Long, ReadDay> calm;
    private final Map<Long, Map<ReadScope, Peak>> peaksByDay = new HashMap<>();

    /** Nobody changes what is calm afterwards. */
    Months(BulkReadPolicy policy, CeilingsByTime ceilings, Usual usual, NavigableMap<Long, ReadDay> calm) {
        this.policy = policy;
        this.ceilings = ceilings;
        this.usual = usual;
        this.calm = calm;
    }

    /** Of these reads, by scope: the reads of the days that end such 30 days. */
    Map<ReadScope, Map<Long, Peak>> flaggedMinutes(Collection<MinuteSlot> slots) {
        Map<ReadScope, Map<Long, Peak>> flagged = new TreeMap<>(Comparator.comparing(ReadScope::toString));
        for (MinuteSlot slot : slots) {
            peaksByDay.computeIfAbsent(slot.day(), this::judge).forEach((scope, peak) -> {
                if (scope.holds(slot.dataset())) {
                    flagged.computeIfAbsent(scope, named -> new TreeMap<>()).put(slot.minute(), peak);
                }
            });
        }
        return flagged;
    }

    /** How much of what was too much by a yardstick was read on each of the 30 days that end with a day. */
    List<ReadOnDay> days(ReadScope scope, long day, Peak.Yardstick yardstick) {
        List<ReadOnDay> days = new ArrayList<>();
        for (ReadDay each : month(day)) {
            Map<String, People> datasets = each.datasets();
            datasets.keySet().removeIf(dataset -> !scope.holds(dataset));
            long people = yardstick == Peak.Yardstick.OWN ? each.people() : people(datasets);
            if (people > 0) {
                days.add(new ReadOnDay(
                        LocalDate.ofEpochDay(each.day()), people, scope.isAll() ? most(datasets) : List.of()));
            }
        }
        return days;
    }

    private Collection<ReadDay> month(long day) {
        return calm.subMap(day - DAYS + 1, true, day, true).values();
    }

    private static long people(Map<String, People> datasets) {
        People.Sum sum = new People.Sum();
        datasets.values().forEach(sum::add);
        return sum.count();
    }

    private static List<ReadOnDay.OfDataset> most(Map<String, People> datasets) {
        return datasets.entrySet().stream()
                .map(read -> new ReadOnDay.OfDataset(
                        read.getKey().equals(MinuteSlot.UNNAMED) ? null : read.getKey(),
                        read.getValue().count()))
                .sorted(Comparator.comparingLong(ReadOnDay.OfDataset::records).reversed())
                .limit(MOST_DATASETS)
                .toList();
    }

    /** Whether the 30 days that end with a day are too much. */
    boolean isTooMuch(long day) {
        return !judge(day).isEmpty();
    }

    private Map<ReadScope, Peak> judge(long day) {
        Map<ReadScope, Peak> peaks = new HashMap<>();
        Map<String, People.Sum> sums = new TreeMap<>();
        People.Sum all = new People.Sum();
        long active = 0;
        long peopleByDay = 0;
        for (ReadDay each : month(day)) {
            long people = each.people();
            active += people > 0 ? 1 : 0;
            peopleByDay += people;
            each.datasets().forEach((dataset, ofDay) -> {
                sums.computeIfAbsent(dataset, named -> new People.Sum()).add(ofDay);
                all.add(ofDay);
            });
        }
        long times = policy.monthTimes();
        long minutes = DAYS * ReadDay.MINUTES;
        Ceilings held = ceilings.during((day - DAYS + 1) * ReadDay.MINUTES, (day + 1) * ReadDay.MINUTES - 1);
        LimitOfAll together = new LimitOfAll(times * held.ofAll());
        for (Map.Entry<String, People.Sum> sum : sums.entrySet()) {
            if (!sum.getKey().equals(MinuteSlot.UNNAMED)) {
                long limit = times * held.of(sum.getKey());
                long people = sum.getValue().count();
                together.add(limit, people);
                if (people > limit) {
                    peaks.put(new ReadScope(sum.getKey(), Reach.MONTH), Peak.aboveCeiling(people, limit, minutes));
                }
            }
        }
        if (peaks.isEmpty()) {
            Usual.@Nullable Yardstick own = usual.month(day, active);
            if (all.count() > together.limit()) {
                peaks.put(ReadScope.ofAll(Reach.MONTH), Peak.aboveCeiling(all.count(), together.limit(), minutes));
            } else if (own != null && peopleByDay > own.limit()) {
                peaks.put(ReadScope.ofAll(Reach.MONTH), own.peak(peopleByDay, minutes));
            }
        }
        return peaks;
    }
}
