package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.Usual.Yardstick;
import dev.metsuke.detect.department.DepartmentDay;
import dev.metsuke.detect.department.DepartmentDay.Readers;
import dev.metsuke.detect.department.Histogram;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.UnusualPolicy;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for the accounts of a department, for those that have no history of their own; null where too little is
 * known.
 *
 * @param workingHour for an hour of a working day
 * @param workingDay for 24 hours, by working days
 * @param freeHour for an hour of another day
 * @param freeDay for 24 hours, by other days
 */
record DepartmentUsual(
        @Nullable Yardstick workingHour,
        @Nullable Yardstick workingDay,
        @Nullable Yardstick freeHour,
        @Nullable Yardstick freeDay) {

    static final DepartmentUsual UNKNOWN = new DepartmentUsual(null, null, null, null);

    /** From this many dates on, a department has a history. */
    static final int FEWEST_DATES = 3;

    /** A date counts on which at least so many accounts read, one of which may be the one that is judged. */
    static final int FEWEST_ACCOUNTS = 4;

    /** People differ more than one person's days do: limits are so many times those by an own history. */
    private static final double CAUTION = 1.5;

    static DepartmentUsual of(Collection<DepartmentDay> days, UnusualPolicy policy) {
        List<Readers> working = counted(days, DepartmentDay::working);
        List<Readers> free = counted(days, DepartmentDay::free);
        if (working.size() < FEWEST_DATES || free.size() < FEWEST_DATES) {
            List<Readers> all = counted(days, day -> day.working().with(day.free()));
            working = working.size() < FEWEST_DATES ? all : working;
            free = free.size() < FEWEST_DATES ? all : free;
        }
        Yardstick workingDay = day(working, policy);
        Yardstick freeDay = day(free, policy);
        return new DepartmentUsual(hour(working, workingDay, policy), workingDay, hour(free, freeDay, policy), freeDay);
    }

    @Nullable
    Yardstick hour(boolean isWorking) {
        return isWorking ? workingHour : freeHour;
    }

    @Nullable
    Yardstick day(boolean isWorking) {
        return isWorking ? workingDay : freeDay;
    }

    /** No hour, and no 24 hours, have a lower limit. */
    long least() {
        return yardsticks().mapToLong(Yardstick::limit).min().orElse(Long.MAX_VALUE);
    }

    /** Whether everything is too much by the one where it is by the other. */
    boolean hasLimitsOf(DepartmentUsual other) {
        return limits().equals(other.limits());
    }

    private List<Long> limits() {
        return Stream.of(workingHour, workingDay, freeHour, freeDay)
                .map(yardstick -> yardstick == null ? Long.MAX_VALUE : yardstick.limit())
                .toList();
    }

    private Stream<Yardstick> yardsticks() {
        return Stream.of(workingHour, workingDay, freeHour, freeDay).flatMap(Stream::ofNullable);
    }

    private static List<Readers> counted(Collection<DepartmentDay> days, Function<DepartmentDay, Readers> readers) {
        return days.stream()
                .map(readers)
                .filter(ofDay -> ofDay.size() >= FEWEST_ACCOUNTS)
                .toList();
    }

    private static @Nullable Yardstick day(List<Readers> days, UnusualPolicy policy) {
        return days.size() < FEWEST_DATES ? null : yardstick(days, Readers::days, 0, policy);
    }

    private static @Nullable Yardstick hour(List<Readers> days, @Nullable Yardstick day, UnusualPolicy policy) {
        return day == null ? null : yardstick(days, Readers::hours, Usual.leastOfHours(day), policy);
    }

    private static Yardstick yardstick(
            List<Readers> days, Function<Readers, Histogram> histogram, double least, UnusualPolicy policy) {
        Histogram numbers = Histogram.sum(days.stream().map(histogram).toList());
        double median = numbers.median();
        double limit = Usual.limit(median, numbers.medianDistance(median), numbers.size(), policy);
        return new Yardstick(
                (long) Math.ceil(CAUTION * Math.max(limit, least)),
                Math.round(median),
                numbers.size(),
                Peak.Yardstick.DEPARTMENT);
    }
}
