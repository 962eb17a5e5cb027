package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.department.PersonDay;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.UnusualPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for an account, learnt from its closed days: median and median absolute deviation, by hour of the week and
 * by day, in the local time of its calendar. A window is compared with days only that were closed when it ended; where these
 * were too few, with what was usual for the account's department.
 */
final class Usual {

    /** From this many days on, an account has a history of its own. */
    static final int FEWEST_DAYS = 10;

    /** From this many on, days of one weekday are a sample of their own. */
    private static final int FEWEST_OF_A_WEEKDAY = 5;

    /** A median and a spread of n numbers are uncertain themselves: distances are taken to be 1 + this / n times as large. */
    private static final double UNCERTAINTY = 5;

    private static final int HOURS = 24;
    private static final int DAYS_OF_WEEK = 7;
    private static final long MINUTES_PER_HOUR = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = HOURS * SECONDS_PER_HOUR;

    /** Makes the median absolute deviation of normally distributed numbers their standard deviation. */
    private static final double SCALE = 1.4826;

    /** Numbers that hardly differ are taken to differ by this part of their median, or by one. */
    private static final double LEAST_SPREAD = 0.1;

    /** An hour is unusual only where it holds this many times what is usual for a whole day. */
    static final long DAYS_IN_AN_HOUR = 4;

    /** A month is unusual only from this many times its usual on. */
    private static final double MONTH_TIMES = 2;

    private final WorkingCalendar calendar;
    private final UnusualPolicy policy;
    private final long latenessMinutes;
    private final LongFunction<DepartmentUsual> department;

    /** In their order. */
    private final List<ReadDay> days;

    /** By date; others may have them, too. */
    private final List<Sample> samples;

    /** Those of them that teach something. */
    private final List<Sample> calm;

    private final Map<Long, DaysBefore> monthsByDay = new HashMap<>();
    private final Map<Object, @Nullable Yardstick> yardsticks = new HashMap<>();

    /** Of nothing yet; what is usual for the department is asked by bound, as {@link #bound} tells it. */
    Usual(
            WorkingCalendar calendar,
            UnusualPolicy policy,
            long latenessMinutes,
            LongFunction<DepartmentUsual> department) {
        this(calendar, policy, latenessMinutes, department, List.of(), List.of(), List.of());
    }

    private Usual(
            WorkingCalendar calendar,
            UnusualPolicy policy,
            long latenessMinutes,
            LongFunction<DepartmentUsual> department,
            List<ReadDay> days,
            List<Sample> samples,
            List<Sample> calm) {
        this.calendar = calendar;
        this.policy = policy;
        this.latenessMinutes = latenessMinutes;
        this.department = department;
        this.days = days;
        this.samples = samples;
        this.calm = calm;
    }

    /** The same account's days, with a department that knows less or more. */
    Usual with(LongFunction<DepartmentUsual> otherDepartment) {
        return new Usual(calendar, policy, latenessMinutes, otherDepartment, days, samples, calm);
    }

    /** With later days, in their order. */
    Usual and(List<ReadDay> later) {
        if (later.isEmpty()) {
            return this;
        }
        List<ReadDay> more = new ArrayList<>(days);
        more.addAll(later);
        List<Sample> dates = new ArrayList<>(samples);
        // A local date that has hours of the first of them may have some of the day before.
        for (int i = dates.size() - 1;
                i >= 0 && dates.get(i).epochDay >= later.getFirst().day() - 1;
                i--) {
            dates.set(i, new Sample(dates.get(i)));
        }
        later.forEach(day -> add(dates, day));
        return new Usual(
                calendar, policy, latenessMinutes, department, more, dates, alike(dates, sample -> !sample.isFlagged));
    }

    private void add(List<Sample> dates, ReadDay day) {
        long midnight = day.day() * SECONDS_PER_DAY;
        ZoneRules rules = calendar.zone().getRules();
        ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(midnight));
        boolean isChanging = !offset.equals(rules.getOffset(Instant.ofEpochSecond(midnight + SECONDS_PER_DAY - 1)));
        for (int hour = 0; hour < HOURS; hour++) {
            if (day.hasReads(hour) || day.isFlagged(hour)) {
                long start = midnight + hour * SECONDS_PER_HOUR;
                ZoneOffset local = isChanging ? rules.getOffset(Instant.ofEpochSecond(start)) : offset;
                long seconds = start + local.getTotalSeconds();
                Sample sample = sample(dates, Math.floorDiv(seconds, SECONDS_PER_DAY));
                sample.add((int) (Math.floorMod(seconds, SECONDS_PER_DAY) / SECONDS_PER_HOUR), day.people(hour));
                sample.isFlagged |= day.isFlagged(hour);
            }
        }
    }

    /** The days come in their order, and so do local dates, but where clocks go back over midnight. */
    private Sample sample(List<Sample> dates, long date) {
        int place = dates.size();
        while (place > 0 && dates.get(place - 1).epochDay > date) {
            place--;
        }
        if (place > 0 && dates.get(place - 1).epochDay == date) {
            return dates.get(place - 1);
        }
        Sample added = new Sample(date, calendar.isWorkingDay(date));
        dates.add(place, added);
        return added;
    }

    /** Of which all this is learnt, in their order. */
    List<ReadDay> days() {
        return Collections.unmodifiableList(days);
    }

    /** The first day that is not closed when a window ends: its reads, and those of the day after, may still come. */
    static long bound(long endMinute, long latenessMinutes) {
        return Math.floorDiv(endMinute - ReadDay.MINUTES - latenessMinutes, ReadDay.MINUTES);
    }

    /** For the 60 minutes that end with a minute; null where too little is known. */
    @Nullable
    Yardstick hour(long endMinute) {
        ZonedDateTime end = Instant.ofEpochSecond(endMinute * 60).atZone(calendar.zone());
        long bound = bound(endMinute, latenessMinutes);
        return computed(new HourKey(bound, end.toLocalDate(), end.getHour()), () -> computeHour(end, bound));
    }

    /** For the 24 hours that end with an hour. */
    @Nullable
    Yardstick day(long endHour) {
        long bound = bound(endHour * MINUTES_PER_HOUR, latenessMinutes);
        LocalDate last = dateOf(endHour);
        LocalDate first = dateOf(endHour - HOURS + 1);
        Yardstick one = dayOf(last, bound);
        Yardstick other = dayOf(first, bound);
        return one == null || (other != null && other.limit() > one.limit()) ? other : one;
    }

    /** For the 30 days that end with a day, of which so many had reads. */
    @Nullable
    Yardstick month(long day, long active) {
        DaysBefore before = monthsByDay.computeIfAbsent(day, this::daysBeforeMonth);
        return before.samples() < FEWEST_DAYS ? null : month(before, active);
    }

    /**
     * How many people more than those of its closed days are usual for the 30 days that end with a day, by how many of its open
     * days have reads; the largest number where too little is known.
     */
    long[] restOfMonth(long day, long firstOpenDay) {
        int active = 0;
        long people = 0;
        for (int i = days.size() - 1; i >= 0 && days.get(i).day() > day - Months.DAYS; i--) {
            long ofDay = days.get(i).people();
            active += ofDay > 0 ? 1 : 0;
            people = Episode.sum(people, ofDay);
        }
        long[] rest = new long[(int) (day - firstOpenDay) + 2];
        for (int open = 0; open < rest.length; open++) {
            Yardstick month = month(day, active + open);
            rest[open] = month == null ? Long.MAX_VALUE : month.limit() - people;
        }
        return rest;
    }

    private DaysBefore daysBeforeMonth(long day) {
        long bound = Math.min(day - 29, bound(day * ReadDay.MINUTES, latenessMinutes));
        long[] totals = totals(known(bound));
        double median = totals.length == 0 ? 0 : median(totals);
        return new DaysBefore(
                totals.length, median, totals.length == 0 ? 0 : spread(median, medianDistance(totals, median)));
    }

    private Yardstick month(DaysBefore before, long active) {
        // Of a sum of so many days, and of what is expected of it by so few others.
        double spread = before.spread() * Math.sqrt(active * (1 + (double) active / before.samples()));
        double limit = Math.max(
                Math.max(10.0 * policy.atLeast(), MONTH_TIMES * active * before.median()),
                active * before.median() + policy.spread() * spread);
        return new Yardstick(
                (long) Math.ceil(limit), Math.round(active * before.median()), before.samples(), Peak.Yardstick.OWN);
    }

    /** No hour on a minute's day of UTC has a lower limit, as seen from the minute. */
    long leastOfHours(long minute) {
        return leastOn(minute, this::limitOfHours);
    }

    private long limitOfHours(Yardstick day) {
        return Math.max(policy.atLeast(), (long) Math.ceil(leastOfHours(day)));
    }

    /** An hour's limit is not lower, given what is usual for a day. */
    static double leastOfHours(Yardstick day) {
        return DAYS_IN_AN_HOUR * day.usual();
    }

    /** No 24 hours that end on a minute's day of UTC have a lower limit, as seen from the minute. */
    long leastOfDays(long minute) {
        return leastOn(minute, Yardstick::limit);
    }

    /** No window that holds a part of a day of UTC has a lower limit. */
    long leastOfWindowsWith(long day) {
        long first = day * ReadDay.MINUTES;
        long last = first + 2 * ReadDay.MINUTES - 1;
        long firstHour = Math.floorDiv(first, MINUTES_PER_HOUR);
        long lastHour = Math.floorDiv(last, MINUTES_PER_HOUR);
        long least = Long.MAX_VALUE;
        for (long bound = bound(first, latenessMinutes); bound <= bound(last, latenessMinutes); bound++) {
            least = Math.min(
                    least, least(bound, firstHour, lastHour, usual -> Math.min(limitOfHours(usual), usual.limit())));
        }
        return least;
    }

    private long leastOn(long minute, ToLongFunction<Yardstick> limit) {
        long first = Math.floorDiv(minute, ReadDay.MINUTES) * HOURS;
        return least(bound(minute, latenessMinutes), first, first + HOURS - 1, limit);
    }

    /** Of windows that end within these hours. */
    private long least(long bound, long firstHour, long lastHour, ToLongFunction<Yardstick> limit) {
        LocalDate last = dateOf(lastHour);
        long least = Long.MAX_VALUE;
        for (LocalDate date = dateOf(firstHour - HOURS + 1); !date.isAfter(last); date = date.plusDays(1)) {
            Yardstick day = dayOf(date, bound);
            least = day == null ? least : Math.min(least, limit.applyAsLong(day));
        }
        return least;
    }

    private @Nullable Yardstick computed(Object key, Supplier<@Nullable Yardstick> compute) {
        if (yardsticks.containsKey(key)) {
            return yardsticks.get(key);
        }
        Yardstick made = compute.get();
        yardsticks.put(key, made);
        return made;
    }

    private @Nullable Yardstick computeHour(ZonedDateTime end, long bound) {
        LocalDate date = end.toLocalDate();
        boolean isWorking = calendar.isWorkingDay(date);
        if (hasNoHistory(bound)) {
            return department.apply(bound).hour(isWorking);
        }
        List<Sample> alike = alike(known(bound), sample -> sample.isWorking == isWorking);
        List<Sample> sameWeekday =
                alike(alike, sample -> !isWorking || (sample.epochDay - date.toEpochDay()) % DAYS_OF_WEEK == 0);
        List<Sample> used = sameWeekday.size() >= FEWEST_OF_A_WEEKDAY ? sameWeekday : alike;
        Yardstick day = dayOf(date, bound);
        if (used.size() < FEWEST_OF_A_WEEKDAY || day == null) {
            return null;
        }
        Yardstick ofHour = yardstick(around(end.getHour(), used), used.size());
        long ofDay = (long) Math.ceil(leastOfHours(day));
        return ofDay < ofHour.limit()
                ? ofHour
                : new Yardstick(ofDay, day.usual(), day.samples(), Peak.Yardstick.OWN_DAY);
    }

    private @Nullable Yardstick dayOf(LocalDate date, long bound) {
        boolean isWorking = calendar.isWorkingDay(date);
        return computed(new DayKey(bound, isWorking), () -> {
            if (hasNoHistory(bound)) {
                return department.apply(bound).day(isWorking);
            }
            List<Sample> alike = alike(known(bound), sample -> sample.isWorking == isWorking);
            List<Sample> used = alike.size() >= FEWEST_DAYS ? alike : known(bound);
            return yardstick(totals(used), used.size());
        });
    }

    private boolean hasNoHistory(long bound) {
        return known(bound).size() < FEWEST_DAYS;
    }

    /** The first bound by which the account has a history of its own; the largest number where it has none by the last. */
    long historyFrom(long last) {
        List<Sample> known = known(last);
        return known.size() < FEWEST_DAYS
                ? Long.MAX_VALUE
                : Math.ceilDiv(endSecond(known.get(FEWEST_DAYS - 1)), SECONDS_PER_DAY);
    }

    /** What the account adds to its department's days, by date: what is known of dates from the first one on. */
    Map<Long, PersonDay> personDays(long firstDate, long bound) {
        Map<Long, PersonDay> days = new TreeMap<>();
        for (Sample sample : known(bound)) {
            if (sample.epochDay >= firstDate && sample.people > 0) {
                days.put(sample.epochDay, PersonDay.of(sample.isWorking, sample.people, sample.largestHour()));
            }
        }
        return days;
    }

    private Yardstick yardstick(long[] numbers, long samples) {
        double median = median(numbers);
        return new Yardstick(
                (long) Math.ceil(limit(median, medianDistance(numbers, median), samples, policy)),
                Math.round(median),
                samples,
                Peak.Yardstick.OWN);
    }

    /** The largest number that is usual, by the median of so many days and the median of the distances from it. */
    static double limit(double median, double medianDistance, long samples, UnusualPolicy policy) {
        return Math.max(
                Math.max((double) policy.atLeast(), policy.times() * median),
                median + policy.spread() * spread(median, medianDistance) * (1 + UNCERTAINTY / samples));
    }

    private static double spread(double median, double medianDistance) {
        return Math.max(SCALE * medianDistance, Math.max(1, LEAST_SPREAD * median));
    }

    private static double medianDistance(long[] numbers, double median) {
        double[] distances = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            distances[i] = Math.abs(numbers[i] - median);
        }
        return medianSorting(distances);
    }

    private static double median(long[] numbers) {
        double[] copied = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            copied[i] = numbers[i];
        }
        return medianSorting(copied);
    }

    private static double medianSorting(double[] numbers) {
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    /** The days that were over by a bound. */
    private List<Sample> known(long bound) {
        int size = calm.size();
        while (size > 0 && endSecond(calm.get(size - 1)) > bound * SECONDS_PER_DAY) {
            size--;
        }
        return calm.subList(0, size);
    }

    /** Asked of few. */
    private long endSecond(Sample sample) {
        return LocalDate.ofEpochDay(sample.epochDay + 1)
                .atStartOfDay(calendar.zone())
                .toEpochSecond();
    }

    private static List<Sample> alike(List<Sample> samples, Predicate<Sample> isAlike) {
        List<Sample> alike = new ArrayList<>(samples);
        alike.removeIf(isAlike.negate());
        return alike;
    }

    private static long[] totals(List<Sample> samples) {
        long[] totals = new long[samples.size()];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = samples.get(i).people;
        }
        return totals;
    }

    /** Of each day an hour, and those beside it on that day. */
    private static long[] around(int hour, List<Sample> samples) {
        int first = Math.max(hour - 1, 0);
        int size = Math.min(hour + 2, HOURS) - first;
        long[] numbers = new long[samples.size() * size];
        for (int i = 0; i < samples.size(); i++) {
            System.arraycopy(samples.get(i).hours, first, numbers, i * size, size);
        }
        return numbers;
    }

    private LocalDate dateOf(long hour) {
        return Instant.ofEpochSecond(hour * 3_600).atZone(calendar.zone()).toLocalDate();
    }

    /**
     * What a window is compared with.
     *
     * @param limit the largest sum that is usual
     * @param usual the median
     * @param samples of how many days
     * @param source whose days
     */
    record Yardstick(long limit, long usual, long samples, Peak.Yardstick source) {

        Peak peak(long people, long minutes) {
            return new Peak(people, limit, source, minutes, samples, usual);
        }
    }

    private record HourKey(long bound, LocalDate date, int hour) {}

    private record DayKey(long bound, boolean isWorking) {}

    /** What is known of the days that ended before a month began. */
    private record DaysBefore(long samples, double median, double spread) {}

    /** A local day with reads. */
    private static final class Sample {

        private final long epochDay;
        private final boolean isWorking;
        private final long[] hours;
        private long people;
        private boolean isFlagged;

        Sample(long epochDay, boolean isWorking) {
            this.epochDay = epochDay;
            this.isWorking = isWorking;
            this.hours = new long[HOURS];
        }

        Sample(Sample other) {
            this.epochDay = other.epochDay;
            this.isWorking = other.isWorking;
            this.hours = other.hours.clone();
            this.people = other.people;
            this.isFlagged = other.isFlagged;
        }

        void add(int hour, long more) {
            hours[hour] += more;
            people += more;
        }

        long largestHour() {
            long largest = 0;
            for (long ofHour : hours) {
                largest = Math.max(largest, ofHour);
            }
            return largest;
        }
    }
}
