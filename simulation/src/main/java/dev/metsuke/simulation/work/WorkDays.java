package dev.metsuke.simulation.work;

import dev.metsuke.events.access.Action;
import dev.metsuke.simulation.company.Calendar;
import dev.metsuke.simulation.company.Career;
import dev.metsuke.simulation.company.Company;
import dev.metsuke.simulation.company.Dataset;
import dev.metsuke.simulation.company.Department;
import dev.metsuke.simulation.company.Draw;
import dev.metsuke.simulation.company.Person;
import dev.metsuke.simulation.company.Seeds.Purpose;
import dev.metsuke.simulation.company.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes what an account does on an ordinary day: a function of company, account, career and day. */
public final class WorkDays {

    /** Of a working day: paid leave, sickness, a day at the customer's. */
    private static final double ABSENT = 0.05;

    /** No page shows more at once. */
    private static final int LONGEST_LIST = 300;

    /** The systems' export button gives at most so many rows. */
    private static final int LONGEST_EXPORT = 600;

    private static final int CHUNKS = 20;
    private static final Action[] EXPORTS = {
        Action.EXPORT, Action.EXPORT, Action.DOWNLOAD, Action.DOWNLOAD, Action.PRINT, Action.EMAIL
    };

    private final Company company;
    private final Timeline timeline;

    public WorkDays(Company company) {
        this.company = company;
        this.timeline = company.timeline();
    }

    /** Not in order of time. Whatever belongs to a shift over midnight belongs to the day on which it starts. */
    public List<Access> of(Person person, Career career, int day) {
        if (!career.isPresent(day)) {
            return List.of();
        }
        SplittableRandom random = company.seeds().of(Purpose.WORK, person.index(), day);
        if (person.isBatch()) {
            return night(person, day, random);
        }
        // Nobody begins a night at whose end they do not belong to the company.
        boolean isLastNight = person.department().calendar().closes() > 24 * 60 && !career.isPresent(day + 1);
        if (isLastNight || !isOnDuty(person, day) || Draw.chance(random, ABSENT)) {
            return List.of();
        }
        return shift(person, career, day, random);
    }

    /** Whether the person's calendar and roster have work on the day. */
    public boolean isOnDuty(Person person, int day) {
        Calendar calendar = person.department().calendar();
        if (!timeline.isWorkingDay(calendar, day)) {
            return false;
        }
        if (!calendar.hasRoster()) {
            return true;
        }
        // Five days, two free ones; where the place is closed one day a week, that is one of the two.
        long turn = (timeline.date(day).toEpochDay() + person.roster()) % 7;
        return turn != 0 && (turn != 1 || calendar.days() < 7);
    }

    /** What is usual for a person: the median, over the days worked, of how many people's data a day showed. */
    public long usualDay(Person person) {
        List<Long> days = new ArrayList<>();
        for (int day = 0; day < timeline.days(); day++) {
            List<Access> accesses = of(person, Career.steady(), day);
            if (!accesses.isEmpty()) {
                days.add(accesses.stream().mapToLong(Access::people).sum());
            }
        }
        days.sort(null);
        return days.isEmpty() ? 0 : days.get(days.size() / 2);
    }

    /** When the person works on the day, in minutes after its midnight, without chance. */
    public Hours hours(Person person) {
        Calendar calendar = person.department().calendar();
        int until = Math.min(calendar.closes() - 10, person.start() + calendar.usualLength());
        return new Hours(Math.min(person.start(), until - 60), until);
    }

    /**
     * A time of work.
     *
     * @param from its first minute
     * @param until the minute after it
     */
    public record Hours(double from, double until) {

        public double length() {
            return until - from;
        }
    }

    private List<Access> shift(Person person, Career career, int day, SplittableRandom random) {
        Department department = career.department(person, day);
        Department.Load load = department.load();
        Hours hours = hours(person, random);
        double work = StrictMath.exp(person.unevenness() * Draw.gaussian(random))
                * (Draw.chance(random, 0.02) ? Draw.between(random, 1.3, 1.9) : 1)
                * monthEnd(department, day, random)
                * career.load(day);
        List<Access> accesses = new ArrayList<>();
        logins(hours, day, accesses, random);
        int reads = Draw.poisson(random, load.reads() * person.pace() * work);
        for (int i = 0; i < reads; i++) {
            accesses.add(read(department, time(day, hours, random), random));
        }
        int exports = Draw.poisson(random, load.exports() * Math.min(work, 2));
        for (int i = 0; i < exports; i++) {
            accesses.add(export(person, department, time(day, hours, random), random));
        }
        return accesses;
    }

    /** A little earlier or later every day, and overtime, but never when the place is closed. */
    private Hours hours(Person person, SplittableRandom random) {
        Calendar calendar = person.department().calendar();
        double from = Math.max(calendar.opens() + 1, person.start() + 10 * Draw.gaussian(random));
        double until = person.start() + calendar.usualLength() + Draw.exponential(random, 35);
        double last = Math.min(calendar.closes() - 5, until);
        return new Hours(Math.min(from, last - 60), last);
    }

    /** Fewer in the middle of the shift, when there is a break. */
    private long time(int day, Hours hours, SplittableRandom random) {
        double place = random.nextDouble();
        if (place > 0.38 && place < 0.48) {
            place = random.nextDouble();
        }
        // The first and last minutes belong to logging in and out.
        return timeline.time(day, hours.from() + 2 + place * (hours.length() - 3));
    }

    private void logins(Hours hours, int day, List<Access> accesses, SplittableRandom random) {
        if (Draw.chance(random, 0.02)) {
            accesses.add(Access.login(timeline.time(day, hours.from()), true));
        }
        accesses.add(Access.login(timeline.time(day, hours.from() + Draw.between(random, 0.2, 1.5)), false));
        if (Draw.chance(random, 0.6)) {
            accesses.add(Access.logout(timeline.time(day, hours.until() - random.nextDouble())));
        }
    }

    private static double monthEndFactor(Department department, SplittableRandom random) {
        return switch (department) {
            case ACCOUNTING -> Draw.between(random, 2.2, 3.2);
            case SALES -> Draw.between(random, 1.1, 1.5);
            case SUPPORT, NIGHT_SUPPORT, MARKETING, HUMAN_RESOURCES, LOGISTICS, SYSTEMS, BATCH -> 1;
        };
    }

    private double monthEnd(Department department, int day, SplittableRandom random) {
        double factor = monthEndFactor(department, random);
        return timeline.companyDays().isMonthEnd(department.calendar(), timeline.date(day)) ? factor : 1;
    }

    private static Access read(Department department, long time, SplittableRandom random) {
        Dataset dataset = Draw.chance(random, 0.7)
                ? department.mainDataset()
                : department.datasets().get(random.nextInt(department.datasets().size()));
        double what = random.nextDouble();
        if (Draw.chance(random, department.load().lists())) {
            long listed =
                    StrictMath.round(Draw.lognormal(random, department.load().listed(), 0.5));
            return Access.read(
                    time, what < 0.7 ? Action.SEARCH : Action.READ, dataset, Math.clamp(listed, 1, LONGEST_LIST));
        }
        return Access.read(time, what < 0.08 ? Action.UPDATE : Action.READ, dataset, 1);
    }

    private Access export(Person person, Department department, long time, SplittableRandom random) {
        Dataset dataset =
                department.datasets().get(random.nextInt(department.datasets().size()));
        long exported = Math.clamp(
                StrictMath.round(Draw.lognormal(random, department.load().exported() * person.pace(), 0.4)),
                1,
                LONGEST_EXPORT);
        Action action = EXPORTS[random.nextInt(EXPORTS.length)];
        if (action == Action.EMAIL) {
            Person colleague =
                    company.people().get(random.nextInt(company.people().size()));
            return Access.toAddress(time, dataset, exported, colleague.email());
        }
        return Access.export(time, action, dataset, exported);
    }

    /** A program reads a dataset whole, in parts, and hands it on. */
    private List<Access> night(Person program, int day, SplittableRandom random) {
        Dataset dataset = program.nightly();
        long size = dataset.size(company.scale().accounts());
        List<Access> accesses = new ArrayList<>();
        double minute = program.start() + random.nextDouble();
        accesses.add(Access.login(timeline.time(day, minute), false));
        for (int i = 0; i < CHUNKS; i++) {
            minute += Draw.between(random, 1, 3);
            long chunk = StrictMath.round((double) size / CHUNKS * Draw.between(random, 0.98, 1));
            accesses.add(Access.read(timeline.time(day, minute), Action.READ, dataset, chunk));
        }
        if (program.index() % 2 == 0) {
            accesses.add(Access.toApi(timeline.time(day, minute + 1), dataset));
        }
        return accesses;
    }
}
