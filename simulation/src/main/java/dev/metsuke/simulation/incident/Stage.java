package dev.metsuke.simulation.incident;

import dev.metsuke.events.access.Action;
import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Timeline;
import dev.metsuke.simulation.work.Access;
import dev.metsuke.simulation.work.WorkDays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Where scenes are played: finds days and times that fit. */
final class Stage {

    private static final int LONGEST_WARM_UP = 20;

    private final Company company;
    private final WorkDays work;

    Stage(Company company, WorkDays work) {
        this.company = company;
        this.work = work;
    }

    Timeline timeline() {
        return company.timeline();
    }

    WorkDays work() {
        return work;
    }

    int days() {
        return timeline().days();
    }

    /** The first day on which anything but ordinary work may begin: what is usual must be seen first. */
    int warmUp() {
        return Math.min(LONGEST_WARM_UP, days() / 3);
    }

    /** Any day from the first to before the last that is right; empty where the simulated days have none. */
    Optional<Integer> day(SplittableRandom random, int first, int afterLast, IntPredicate right) {
        int[] days = IntStream.range(Math.max(0, first), Math.min(afterLast, days()))
                .filter(right)
                .toArray();
        return days.length == 0 ? Optional.empty() : Optional.of(days[random.nextInt(days.length)]);
    }

    /** A day on which the person works, after the warm-up. */
    Optional<Integer> dutyDay(Person person, SplittableRandom random) {
        return day(random, warmUp(), days() - 1, day -> work.isOnDuty(person, day));
    }

    boolean isOfficeDay(int day) {
        return timeline().isWorkingDay(Calendar.OFFICE, day);
    }

    /** A moment of the person's usual hours. */
    long workingTime(Person person, int day, SplittableRandom random) {
        WorkDays.Hours hours = work.hours(person);
        return timeline().time(day, Draw.between(random, hours.from() + 10, hours.until() - 10));
    }

    /** Somebody logs in and looks at a few people. */
    void session(Scene scene, Department department, int day, double minute, SplittableRandom random) {
        scene.access(Access.login(timeline().time(day, minute), false));
        int reads = Draw.whole(random, 2, 8);
        for (int i = 1; i <= reads; i++) {
            Action action = i == 1 ? Action.SEARCH : Action.READ;
            long records = i == 1 ? Draw.whole(random, 2, 12) : 1;
            scene.access(Access.read(
                    timeline().time(day, minute + i * Draw.between(random, 0.5, 1)),
                    action,
                    department.mainDataset(),
                    records));
        }
    }

    /** Reads that sum up to so many people, each of a size within bounds, spread evenly but for chance. */
    void reads(Scene scene, Dataset dataset, long people, long least, long most, Span span, SplittableRandom random) {
        long left = people;
        while (left > 0) {
            long records = Math.min(left, random.nextLong(least, most + 1));
            Action action = records > 1 ? Action.SEARCH : Action.READ;
            scene.access(Access.read(random.nextLong(span.from(), span.until()), action, dataset, records));
            left -= records;
        }
    }

    /**
     * Some time, in milliseconds since 1970.
     *
     * @param from its start
     * @param until its end
     */
    record Span(long from, long until) {}

    /** What the person usually takes out at a time. */
    static long usualExport(Person person, SplittableRandom random) {
        Department.Load load = person.department().load();
        return Math.clamp(StrictMath.round(Draw.lognormal(random, load.exported() * person.pace(), 0.3)), 10, 400);
    }

    static Action someExport(SplittableRandom random) {
        List<Action> ways = List.of(Action.EXPORT, Action.DOWNLOAD, Action.PRINT);
        return ways.get(random.nextInt(ways.size()));
    }
}
