package dev.metsuke.detect;

import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.access.AccessEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which reads of one account are too much, computed from all of them at once and in the plainest way. */
final class BulkOracle {

    private final Policy policy;
    private final BulkReadPolicy rule;
    private final String account;
    private final List<BatchOracle.Listed> entries;
    private final Predicate<LocalDate> isWorkingDay;
    private final List<AccessEvent> reads;
    private final PeersOracle peers;
    private final @Nullable String department;
    private long closing = Long.MAX_VALUE;
    private final TreeMap<Long, Day> days = new TreeMap<>();
    private final Map<String, Map<LocalDate, long[]>> samples = new HashMap<>();

    private record Day(Map<Long, Long> peopleByHour, Set<Long> flaggedHours, List<AccessEvent> calm) {}

    private record Flags(Map<String, Set<Long>> minutes, Set<AccessEvent> explained, Set<AccessEvent> unsized) {}

    BulkOracle(
            String account,
            List<BatchOracle.Listed> entries,
            Policy policy,
            Predicate<LocalDate> isWorkingDay,
            List<AccessEvent> reads,
            PeersOracle peers) {
        this.policy = policy;
        this.rule = policy.bulkRead();
        this.account = account;
        this.entries = entries;
        this.isWorkingDay = isWorkingDay;
        this.reads = reads;
        this.peers = peers;
        this.department = entries.isEmpty() ? null : entries.getLast().entry().department();
        peers.add(department, this);
    }

    /** Days with reads. */
    Set<Long> days() {
        return new TreeSet<>(reads.stream().map(BulkOracle::day).toList());
    }

    /** To be called day by day, for all accounts of a department before the next day. */
    void close(long day) {
        List<AccessEvent> inTime = reads.stream().filter(read -> !isLate(read)).toList();
        closing = day;
        if (days().contains(day)) {
            Flags flags = flags(inTime.stream()
                    .filter(read -> Math.abs(day(read) - day) <= 4)
                    .toList());
            List<AccessEvent> calm = inTime.stream()
                    .filter(read -> day(read) == day && !flags.explained.contains(read))
                    .toList();
            Map<Long, Long> hours = new TreeMap<>();
            for (long hour : calm.stream().map(BulkOracle::hour).distinct().toList()) {
                hours.put(
                        hour,
                        people(calm.stream().filter(read -> hour(read) == hour).toList()));
            }
            Set<Long> flaggedHours = new TreeSet<>();
            Stream.concat(flags.explained.stream(), flags.unsized.stream())
                    .filter(read -> day(read) == day)
                    .forEach(read -> flaggedHours.add(hour(read)));
            days.put(day, new Day(hours, flaggedHours, calm));
            if (!monthScopes(day).isEmpty()) {
                flaggedHours.addAll(hours.keySet());
            }
        }
        closing = Long.MAX_VALUE;
    }

    /** By local date, how many people by hour: of what is closed for its last read, and was calm. */
    Map<LocalDate, long[]> personDays() {
        Map<LocalDate, long[]> samples = computeSamples(bound((days().stream().reduce(0L, Math::max) + 1) * 1_440 - 1));
        samples.values().removeIf(hours -> Arrays.stream(hours).sum() == 0);
        return samples;
    }

    boolean isWorkingDay(LocalDate date) {
        return isWorkingDay.test(date);
    }

    /** By scope, the reads that are too much. */
    Map<String, Set<AccessEvent>> flagged() {
        Map<String, Set<Long>> minutes = flags(reads).minutes;
        months(minutes);
        Map<String, Set<AccessEvent>> flagged = new TreeMap<>();
        minutes.forEach((scope, ofScope) -> flagged.put(
                scope,
                new HashSet<>(reads.stream()
                        .filter(read -> ofScope.contains(minute(read)))
                        .filter(read -> scope.startsWith("all datasets")
                                || scope.replaceFirst(" over .*", "").equals(read.dataset()))
                        .filter(read -> !scope.endsWith("unknown size") || isUnsizedMinute(read))
                        .toList())));
        return flagged;
    }

    /** A minute's reads of a dataset are one, so that an export of unknown size takes the others with it. */
    private boolean isUnsizedMinute(AccessEvent read) {
        return reads.stream()
                .anyMatch(other -> minute(other) == minute(read)
                        && isLate(other) == isLate(read)
                        && Objects.equals(other.dataset(), read.dataset())
                        && isUnknown(other)
                        && other.action().takesDataOut());
    }

    private Flags flags(List<AccessEvent> all) {
        Flags flags = new Flags(new TreeMap<>(), new HashSet<>(), new HashSet<>());
        ceilings(all, flags, rule.window().toMinutes(), 1, BulkOracle::minute, "");
        ceilings(all, flags, 60, rule.hourTimes(), BulkOracle::minute, "");
        Set<AccessEvent> found = new HashSet<>();
        List<AccessEvent> calm = teaching(all, flags);
        for (long end : calm.stream().map(BulkOracle::minute).distinct().toList()) {
            List<AccessEvent> window = window(calm, BulkOracle::minute, 60, end);
            long people = people(window);
            double limit = hourLimit(end);
            if (people > rule.unusual().atLeast() && people > limit) {
                flag(flags, "all datasets", window, found);
            }
        }
        flags.explained.addAll(found);
        ceilings(all, flags, 24, rule.dayTimes(), BulkOracle::hour, " over 24 h");
        found.clear();
        List<AccessEvent> calmDays = teaching(all, flags);
        for (long end : calmDays.stream().map(BulkOracle::hour).distinct().toList()) {
            List<AccessEvent> window = window(calmDays, BulkOracle::hour, 24, end);
            long people = 0;
            for (long hour : window.stream().map(BulkOracle::hour).distinct().toList()) {
                people += people(
                        window.stream().filter(read -> hour(read) == hour).toList());
            }
            ZonedDateTime last = Instant.ofEpochSecond(end * 3600).atZone(policy.zone());
            ZonedDateTime first = Instant.ofEpochSecond((end - 23) * 3600).atZone(policy.zone());
            long bound = bound(end * 60);
            double one = dayLimit(last.toLocalDate(), bound);
            double other = dayLimit(first.toLocalDate(), bound);
            if (people > rule.unusual().atLeast() && people > Math.max(one, other)) {
                flag(flags, "all datasets over 24 h", window, found);
            }
        }
        flags.explained.addAll(found);
        List<AccessEvent> unsized = all.stream()
                .filter(read -> isUnknown(read) && read.action().takesDataOut() && rule.size(read.dataset()) == null)
                .toList();
        for (long end : unsized.stream().map(BulkOracle::hour).distinct().toList()) {
            List<AccessEvent> window = window(unsized, BulkOracle::hour, 24, end);
            if (window.size() > rule.unsizedExports()) {
                flag(flags, "all datasets in exports of unknown size", window, flags.unsized);
            }
        }
        return flags;
    }

    private List<AccessEvent> teaching(List<AccessEvent> all, Flags flags) {
        return all.stream()
                .filter(read -> !flags.explained.contains(read) && !isLate(read))
                .toList();
    }

    private void ceilings(
            List<AccessEvent> all,
            Flags flags,
            long units,
            long times,
            ToLongFunction<AccessEvent> unit,
            String suffix) {
        List<AccessEvent> counted =
                all.stream().filter(read -> !flags.explained.contains(read)).toList();
        Set<AccessEvent> found = new HashSet<>();
        for (long end : counted.stream().mapToLong(unit).distinct().toArray()) {
            List<AccessEvent> window = window(counted, unit, units, end);
            List<BulkReadPolicy.Ceilings> held = ceilings(
                    window.getFirst().timestamp().truncatedTo(ChronoUnit.MINUTES),
                    window.getLast().timestamp().truncatedTo(ChronoUnit.MINUTES).plusSeconds(60));
            boolean isExplained = false;
            long ofOthers = highest(held, BulkReadPolicy.Ceilings::ofAll);
            long highest = ofOthers;
            long readOfHigher = 0;
            for (String dataset : datasets(window)) {
                long ceiling = highest(held, each -> each.of(dataset));
                List<AccessEvent> ofDataset = window.stream()
                        .filter(read -> dataset.equals(read.dataset()))
                        .toList();
                highest = Math.max(highest, ceiling);
                readOfHigher += ceiling > ofOthers ? people(ofDataset) : 0;
                if (people(ofDataset) > times * ceiling) {
                    isExplained = true;
                    flag(flags, dataset + suffix, ofDataset, found);
                }
            }
            if (!isExplained && people(window) > Math.min(times * highest, times * ofOthers + readOfHigher)) {
                flag(flags, "all datasets" + suffix, window, found);
            }
        }
        flags.explained.addAll(found);
    }

    private void months(Map<String, Set<Long>> minutes) {
        for (long day : days.keySet()) {
            monthScopes(day).forEach(scope -> flagDay(minutes, scope, day));
        }
    }

    /** In which the 30 days that end with this one are too much. */
    private Set<String> monthScopes(long day) {
        Set<String> scopes = new TreeSet<>();
        List<AccessEvent> calm = new ArrayList<>();
        long active = 0;
        long people = 0;
        for (Day each : days.subMap(day - 29, true, day, true).values()) {
            long ofDay = each.peopleByHour.values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            calm.addAll(each.calm);
            people += ofDay;
            active += ofDay > 0 ? 1 : 0;
        }
        boolean isExplained = false;
        Instant start = Instant.ofEpochSecond((day - 29) * 86_400);
        List<BulkReadPolicy.Ceilings> held = ceilings(start, Instant.ofEpochSecond((day + 1) * 86_400));
        long ofOthers = highest(held, BulkReadPolicy.Ceilings::ofAll);
        long highest = ofOthers;
        long readOfHigher = 0;
        for (String dataset : datasets(calm)) {
            long ceiling = highest(held, each -> each.of(dataset));
            highest = Math.max(highest, ceiling);
            long ofDataset = people(
                    calm.stream().filter(read -> dataset.equals(read.dataset())).toList());
            readOfHigher += ceiling > ofOthers ? ofDataset : 0;
            if (ofDataset > rule.monthTimes() * ceiling) {
                isExplained = true;
                scopes.add(dataset + " over 30 d");
            }
        }
        long[] totals = samples(bound(day * 1_440)).entrySet().stream()
                .filter(sample -> !end(sample.getKey()).isAfter(start))
                .mapToLong(sample -> Arrays.stream(sample.getValue()).sum())
                .toArray();
        double limit = Double.MAX_VALUE;
        if (totals.length >= 10) {
            double median = median(totals);
            limit = Math.ceil(Math.max(
                    Math.max(10.0 * rule.unusual().atLeast(), 2.0 * active * median),
                    active * median
                            + rule.unusual().spread()
                                    * (spread(totals) * Math.sqrt(active * (1 + (double) active / totals.length)))));
        }
        long together = Math.min(rule.monthTimes() * highest, rule.monthTimes() * ofOthers + readOfHigher);
        if (!isExplained && (people(calm) > together || people > limit)) {
            scopes.add("all datasets over 30 d");
        }
        return scopes;
    }

    /** Of each department that the directory gave between the two times, the second not included. */
    private List<BulkReadPolicy.Ceilings> ceilings(Instant from, Instant until) {
        if (entries.isEmpty()) {
            return List.of(rule.ceilings(account, null));
        }
        List<BulkReadPolicy.Ceilings> held = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Instant start = i == 0 ? Instant.MIN : entries.get(i).from();
            Instant end =
                    i == entries.size() - 1 ? Instant.MAX : entries.get(i + 1).from();
            if (start.isBefore(end) && start.isBefore(until) && end.isAfter(from)) {
                held.add(rule.ceilings(account, entries.get(i).entry().department()));
            }
        }
        return held;
    }

    private static long highest(List<BulkReadPolicy.Ceilings> held, ToLongFunction<BulkReadPolicy.Ceilings> ceiling) {
        return held.stream().mapToLong(ceiling).max().orElseThrow();
    }

    private void flagDay(Map<String, Set<Long>> minutes, String scope, long day) {
        reads.stream()
                .filter(read -> day(read) == day)
                .forEach(read ->
                        minutes.computeIfAbsent(scope, named -> new HashSet<>()).add(minute(read)));
    }

    private double hourLimit(long end) {
        ZonedDateTime local = Instant.ofEpochSecond(end * 60).atZone(policy.zone());
        LocalDate date = local.toLocalDate();
        if (samples(bound(end)).size() < 10) {
            return peers.hourLimit(department, peersBound(bound(end)), isWorkingDay.test(date));
        }
        Map<LocalDate, long[]> alike = new TreeMap<>(samples(bound(end)));
        double ofDay = dayMedian(date, bound(end));
        alike.keySet().removeIf(each -> isWorkingDay.test(each) != isWorkingDay.test(date));
        Map<LocalDate, long[]> used = new TreeMap<>(alike);
        used.keySet().removeIf(each -> isWorkingDay.test(date) && each.getDayOfWeek() != date.getDayOfWeek());
        if (used.size() < 5) {
            used = alike;
        }
        if (used.size() < 5 || Double.isNaN(ofDay)) {
            return Double.MAX_VALUE;
        }
        List<Long> numbers = new ArrayList<>();
        for (long[] hours : used.values()) {
            for (int hour = local.getHour() - 1; hour <= local.getHour() + 1; hour++) {
                if (hour >= 0 && hour < 24) {
                    numbers.add(hours[hour]);
                }
            }
        }
        return Math.max(
                limit(numbers.stream().mapToLong(Long::longValue).toArray(), used.size()), 4.0 * Math.round(ofDay));
    }

    private long peersBound(long bound) {
        return Math.min(bound, closing);
    }

    private double dayLimit(LocalDate date, long bound) {
        if (samples(bound).size() < 10) {
            return peers.dayLimit(department, peersBound(bound), isWorkingDay.test(date));
        }
        long[] totals = dayTotals(date, bound);
        return limit(totals, totals.length);
    }

    private double dayMedian(LocalDate date, long bound) {
        long[] totals = dayTotals(date, bound);
        return totals.length < 5 ? Double.NaN : median(totals);
    }

    private long[] dayTotals(LocalDate date, long bound) {
        Map<LocalDate, long[]> all = samples(bound);
        Map<LocalDate, long[]> alike = new TreeMap<>(all);
        alike.keySet().removeIf(each -> isWorkingDay.test(each) != isWorkingDay.test(date));
        return (alike.size() >= 10 ? alike : all)
                .values().stream()
                        .mapToLong(hours -> Arrays.stream(hours).sum())
                        .toArray();
    }

    private double limit(long[] numbers, int samples) {
        return Math.ceil(exactLimit(numbers, samples, rule));
    }

    static double exactLimit(long[] numbers, int samples, BulkReadPolicy rule) {
        double median = median(numbers);
        return Math.max(
                Math.max((double) rule.unusual().atLeast(), rule.unusual().times() * median),
                median + rule.unusual().spread() * spread(numbers) * (1 + 5.0 / samples));
    }

    /** Local days that were closed by then, without those on which something was too much. */
    private Map<LocalDate, long[]> samples(long bound) {
        return samples.computeIfAbsent(bound + " " + days.size(), key -> computeSamples(bound));
    }

    private Map<LocalDate, long[]> computeSamples(long bound) {
        Map<LocalDate, long[]> samples = new TreeMap<>();
        Set<LocalDate> flagged = new HashSet<>();
        for (Day day : days.headMap(bound).values()) {
            day.peopleByHour.forEach((hour, people) -> {
                ZonedDateTime local = Instant.ofEpochSecond(hour * 3600).atZone(policy.zone());
                samples.computeIfAbsent(local.toLocalDate(), date -> new long[24])[local.getHour()] += people;
            });
            day.flaggedHours.forEach(hour -> flagged.add(
                    Instant.ofEpochSecond(hour * 3600).atZone(policy.zone()).toLocalDate()));
        }
        samples.keySet().removeAll(flagged);
        samples.keySet().removeIf(date -> end(date).isAfter(Instant.ofEpochSecond(bound * 86_400)));
        return samples;
    }

    private Instant end(LocalDate date) {
        return date.plusDays(1).atStartOfDay(policy.zone()).toInstant();
    }

    private long bound(long minute) {
        return Math.floorDiv(minute - 1_440 - policy.lateness().toMinutes(), 1_440L);
    }

    static double median(long[] numbers) {
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    private static double spread(long[] numbers) {
        double median = median(numbers);
        double[] distances = Arrays.stream(numbers)
                .mapToDouble(n -> Math.abs(n - median))
                .sorted()
                .toArray();
        int middle = distances.length / 2;
        double mad = distances.length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
        return Math.max(1.4826 * mad, Math.max(1, 0.1 * median));
    }

    private static List<AccessEvent> window(
            List<AccessEvent> counted, ToLongFunction<AccessEvent> unit, long units, long end) {
        return counted.subList(countUpTo(counted, unit, end - units), countUpTo(counted, unit, end));
    }

    /** The reads come in the order of their times. */
    private static int countUpTo(List<AccessEvent> counted, ToLongFunction<AccessEvent> unit, long last) {
        int low = 0;
        int high = counted.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (unit.applyAsLong(counted.get(middle)) <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void flag(Flags flags, String scope, List<AccessEvent> window, Set<AccessEvent> found) {
        found.addAll(window);
        window.forEach(read ->
                flags.minutes.computeIfAbsent(scope, named -> new HashSet<>()).add(minute(read)));
    }

    /** Each person that is named counts once. */
    long people(Collection<AccessEvent> counted) {
        Set<String> named = new HashSet<>();
        long others = 0;
        for (AccessEvent read : counted) {
            named.addAll(read.subjects());
            Long size = rule.size(read.dataset());
            if (read.records() != null) {
                others += Math.max(0, read.records() - read.subjects().size());
            } else if (isUnknown(read) && size != null) {
                others += size;
            }
        }
        return others + named.size();
    }

    private boolean isLate(AccessEvent read) {
        Instant arrived = read.created() == null ? DetectDriver.NOW : read.created();
        return arrived.isAfter(read.timestamp().plus(policy.lateness()));
    }

    static boolean isUnknown(AccessEvent read) {
        return read.records() == null && read.subjects().isEmpty();
    }

    private static Set<String> datasets(List<AccessEvent> reads) {
        Map<String, Boolean> datasets = new HashMap<>();
        for (AccessEvent read : reads) {
            if (read.dataset() != null) {
                datasets.put(read.dataset(), true);
            }
        }
        return new TreeSet<>(datasets.keySet());
    }

    private static long minute(AccessEvent event) {
        return Math.floorDiv(event.timestamp().getEpochSecond(), 60L);
    }

    private static long hour(AccessEvent event) {
        return Math.floorDiv(event.timestamp().getEpochSecond(), 3_600L);
    }

    private static long day(AccessEvent event) {
        return Math.floorDiv(event.timestamp().getEpochSecond(), 86_400L);
    }
}
