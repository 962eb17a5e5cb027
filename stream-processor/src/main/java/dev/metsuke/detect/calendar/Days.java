package dev.metsuke.detect.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A day or a run of days, of one year ({@code 2026-08-13..2026-08-15}) or of every year ({@code 12-29..01-03}). */
public final class Days {

    private static final String SEPARATOR = "..";
    private static final DateTimeFormatter EVERY_YEAR = DateTimeFormatter.ofPattern("MM-dd");

    private final String text;
    private final Predicate<LocalDate> contains;

    private Days(String text, Predicate<LocalDate> contains) {
        this.text = text;
        this.contains = contains;
    }

    public static Days parse(String text) {
        int dots = text.indexOf(SEPARATOR);
        String first = dots < 0 ? text : text.substring(0, dots);
        String last = dots < 0 ? text : text.substring(dots + SEPARATOR.length());
        try {
            return new Days(
                    text,
                    first.length() == "MM-dd".length()
                            ? everyYear(MonthDay.parse(first, EVERY_YEAR), MonthDay.parse(last, EVERY_YEAR))
                            : once(LocalDate.parse(first), LocalDate.parse(last)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "it must be a day such as 2026-08-13, 2026-08-13..2026-08-15, 08-13 or 12-29..01-03", e);
        }
    }

    boolean contains(LocalDate date) {
        return contains.test(date);
    }

    private static Predicate<LocalDate> once(LocalDate first, LocalDate last) {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("the last day must not be before the first");
        }
        return date -> !date.isBefore(first) && !date.isAfter(last);
    }

    private static Predicate<LocalDate> everyYear(MonthDay first, MonthDay last) {
        boolean overNewYear = last.isBefore(first);
        return date -> {
            boolean started = !MonthDay.from(date).isBefore(first);
            boolean notOver = !MonthDay.from(date).isAfter(last);
            return overNewYear ? started || notOver : started && notOver;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Days days && days.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
