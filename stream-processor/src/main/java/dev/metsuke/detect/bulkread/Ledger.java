package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import java.util.Arrays;

/**
 * How much one account read by day of UTC, at least as many people as it were: everybody counts as often as read. Never
 * changed; so many days of so few numbers are copied in no time.
 */
final class Ledger {

    static final Ledger NOTHING = new Ledger(Long.MIN_VALUE, new long[0], new long[0]);

    private final long closedUntil;
    private final long[] days;
    private final long[] people;

    private Ledger(long closedUntil, long[] days, long[] people) {
        this.closedUntil = closedUntil;
        this.days = days;
        this.people = people;
    }

    Ledger with(long day, long more) {
        int place = Arrays.binarySearch(days, day);
        if (place >= 0) {
            long[] sums = people.clone();
            sums[place] = Episode.sum(sums[place], more);
            return new Ledger(closedUntil, days, sums);
        }
        return new Ledger(closedUntil, inserted(days, -place - 1, day), inserted(people, -place - 1, more));
    }

    Ledger closed(long until) {
        return new Ledger(until, days, people);
    }

    Ledger from(long day) {
        int first = firstFrom(day);
        return first == 0
                ? this
                : new Ledger(
                        closedUntil,
                        Arrays.copyOfRange(days, first, days.length),
                        Arrays.copyOfRange(people, first, people.length));
    }

    Ledger until(long day) {
        int size = firstFrom(day);
        return new Ledger(closedUntil, Arrays.copyOf(days, size), Arrays.copyOf(people, size));
    }

    /** The first day that is not closed. */
    long closedUntil() {
        return closedUntil;
    }

    boolean hasClosedDays() {
        return closedUntil != Long.MIN_VALUE;
    }

    boolean isEmpty() {
        return days.length == 0;
    }

    /** Of those with reads. */
    long firstDay() {
        return days[0];
    }

    long lastDay() {
        return days[days.length - 1];
    }

    /** No window of these reads has a later {@link Usual#bound bound}. */
    long lastBound(long latenessMinutes) {
        return Usual.bound((lastDay() + 1) * ReadDay.MINUTES - 1, latenessMinutes);
    }

    /** The days with reads, from one, included, until another, not included. */
    long[] days(long first, long until) {
        int from = firstFrom(first);
        return Arrays.copyOfRange(days, from, Math.max(from, firstFrom(until)));
    }

    /** How many people on each of these days, the fewest first. */
    long[] sortedPeople(long first, long until) {
        int from = firstFrom(first);
        long[] sorted = Arrays.copyOfRange(people, from, Math.max(from, firstFrom(until)));
        Arrays.sort(sorted);
        return sorted;
    }

    /** How many people from one day to another, both included. */
    long between(long first, long last) {
        long sum = 0;
        for (int i = firstFrom(first); i < days.length && days[i] <= last; i++) {
            sum = Episode.sum(sum, people[i]);
        }
        return sum;
    }

    private int firstFrom(long day) {
        int place = Arrays.binarySearch(days, day);
        return place >= 0 ? place : -place - 1;
    }

    private static long[] inserted(long[] numbers, int place, long number) {
        long[] more = new long[numbers.length + 1];
        System.arraycopy(numbers, 0, more, 0, place);
        more[place] = number;
        System.arraycopy(numbers, place, more, place + 1, numbers.length - place);
        return more;
    }

    byte[] bytes() {
        CompactWriter out = new CompactWriter().number(closedUntil).number(days.length);
        long before = 0;
        for (int i = 0; i < days.length; i++) {
            out.number(days[i] - before).number(people[i]);
            before = days[i];
        }
        return out.bytes();
    }

    static Ledger of(byte[] bytes) {
        CompactReader in = new CompactReader(bytes);
        long closedUntil = in.number();
        int size = in.count();
        long[] days = new long[size];
        long[] people = new long[size];
        long day = 0;
        for (int i = 0; i < size; i++) {
            day += in.number();
            days[i] = day;
            people[i] = in.number();
        }
        return new Ledger(closedUntil, days, people);
    }
}
