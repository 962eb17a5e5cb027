package dev.metsuke.simulation.company;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Locale;

/** A working calendar, as the policy has it, and how its people's days lie in it. Times are minutes after midnight. */
public enum Calendar {
    OFFICE(true, 5, at(7, 0), at(22, 0), at(9, 0), 8 * 60 + 60),
    /** Flexible hours: nobody has to be there at nine. */
    FLEX(true, 5, at(5, 0), at(22, 0), at(10, 0), 8 * 60 + 60),
    /** The warehouse; open on holidays, closed on Sundays. */
    EARLY(false, 6, at(5, 0), at(16, 0), at(6, 0), 8 * 60 + 45),
    /** The call centre by day, every day. */
    SHIFT(false, 7, at(8, 0), at(21, 0), at(9, 0), 8 * 60 + 60),
    /** The call centre by night, every day: over midnight. */
    NIGHT(false, 7, at(20, 30), at(30, 30), at(21, 30), 8 * 60),
    ALWAYS(false, 7, at(0, 0), at(24, 0), at(1, 0), 120);

    private final boolean holidays;
    private final int days;
    private final int opens;
    private final int closes;
    private final int usualStart;
    private final int usualLength;

    Calendar(boolean holidays, int days, int opens, int closes, int usualStart, int usualLength) {
        this.holidays = holidays;
        this.days = days;
        this.opens = opens;
        this.closes = closes;
        this.usualStart = usualStart;
        this.usualLength = usualLength;
    }

    static Calendar named(String name) {
        return Arrays.stream(values())
                .filter(calendar -> calendar.title().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the policy calls it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether national holidays and the company's days off are free. */
    public boolean hasHolidays() {
        return holidays;
    }

    /** How many days of the week there is work, from Monday on. */
    public int days() {
        return days;
    }

    public boolean holds(DayOfWeek day) {
        return day.getValue() <= days;
    }

    /** From when on work is expected. */
    public int opens() {
        return opens;
    }

    /** Until when; beyond 24 hours on the next day. */
    public int closes() {
        return closes;
    }

    /** When people usually begin. */
    public int usualStart() {
        return usualStart;
    }

    /** How long they stay, with the break, without overtime. */
    public int usualLength() {
        return usualLength;
    }

    /** Whether everybody has the same days, or a roster says who comes. */
    public boolean hasRoster() {
        return days > 5 && this != ALWAYS;
    }

    private static int at(int hour, int minute) {
        return hour * 60 + minute;
    }
}
