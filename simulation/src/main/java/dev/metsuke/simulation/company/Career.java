package dev.metsuke.simulation.company;

import org.jspecify.annotations.Nullable;

/**
 * What changes for a person within the simulated days. Spans are from the first day to the day after the last.
 *
 * @param joins the first day of work; 0 for somebody who was there before
 * @param leaves the first day without work
 * @param away a leave
 * @param moves the first day in another department
 * @param movesTo that department
 * @param busy a time of more work than usual
 * @param busyFactor how much more
 */
public record Career(
        int joins,
        int leaves,
        Span away,
        int moves,
        @Nullable Department movesTo,
        Span busy,
        double busyFactor) {

    private static final int TRAINING = 14;

    /**
     * Some days.
     *
     * @param from the first
     * @param until the one after the last
     */
    public record Span(int from, int until) {

        static final Span NONE = new Span(0, 0);

        public boolean contains(int day) {
            return day >= from && day < until;
        }
    }

    /** Of somebody who is there all the time and for whom nothing changes. */
    public static Career steady() {
        return new Career(0, Integer.MAX_VALUE, Span.NONE, Integer.MAX_VALUE, null, Span.NONE, 1);
    }

    public Career joining(int day) {
        return new Career(day, leaves, away, moves, movesTo, busy, busyFactor);
    }

    public Career leaving(int day) {
        return new Career(joins, day, away, moves, movesTo, busy, busyFactor);
    }

    public Career awayFrom(int from, int until) {
        return new Career(joins, leaves, new Span(from, until), moves, movesTo, busy, busyFactor);
    }

    public Career moving(int day, Department to) {
        return new Career(joins, leaves, away, day, to, busy, busyFactor);
    }

    public Career busy(int from, int until, double factor) {
        return new Career(joins, leaves, away, moves, movesTo, new Span(from, until), factor);
    }

    public boolean isPresent(int day) {
        return day >= joins && day < leaves && !away.contains(day);
    }

    public Department department(Person person, int day) {
        return movesTo == null || day < moves ? person.department() : movesTo;
    }

    /** How much more or less work there is than usual. */
    public double load(int day) {
        double load = busy.contains(day) ? busyFactor : 1;
        if (joins > 0 && day < joins + TRAINING) {
            load *= 0.4 + 0.6 * (day - joins) / TRAINING;
        }
        // What waited meanwhile.
        if (away.until() > away.from() && day >= away.until() && day < away.until() + 3) {
            load *= 1.6;
        }
        return load;
    }
}
