package dev.metsuke.detect.calendar;

import java.time.DateTimeException;
import java.time.LocalTime;

/**
 * A time of work within a day, such as {@code 09:00-18:00}; one that ends no later than it starts ends on the next day.
 *
 * @param from the first minute of work
 * @param to the first minute after it
 */
public record Shift(LocalTime from, LocalTime to) {

    private static final String END_OF_DAY = "24:00";

    public static Shift parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("it must be two times such as 09:00-18:00 or 22:00-06:00");
        }
        String from = text.substring(0, dash).strip();
        if (END_OF_DAY.equals(from)) {
            throw new IllegalArgumentException("work that starts at 24:00 starts at 00:00 of the next day");
        }
        return new Shift(time(from), time(text.substring(dash + 1).strip()));
    }

    private static LocalTime time(String text) {
        try {
            return END_OF_DAY.equals(text) ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("it must be two times such as 09:00-18:00 or 22:00-06:00", e);
        }
    }

    boolean spansMidnight() {
        return !to.isAfter(from);
    }

    /** Whether it holds a time of the day on which it starts. */
    boolean holdsOnItsDay(LocalTime time) {
        return !time.isBefore(from) && (spansMidnight() || time.isBefore(to));
    }

    /** Whether it holds a time of the day after the one on which it starts. */
    boolean holdsOnNextDay(LocalTime time) {
        return spansMidnight() && time.isBefore(to);
    }

    @Override
    public String toString() {
        return from + "-" + (to.equals(LocalTime.MIDNIGHT) ? END_OF_DAY : to.toString());
    }
}
