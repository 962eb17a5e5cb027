package dev.metsuke.shipper.parse;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How a log writes its times, in the letters of Java's {@code DateTimeFormatter}; names are English. */
public final class TimePattern {

    private static final String QUOTED = "'[^']*'";
    private static final ZonedDateTime SAMPLE = ZonedDateTime.of(2026, 11, 24, 22, 4, 40, 666_000_000, ZoneOffset.UTC);

    private final String pattern;
    private final DateTimeFormatter formatter;

    private TimePattern(String pattern) {
        this.pattern = pattern;
        this.formatter = new DateTimeFormatterBuilder()
                // Databases write NOV, programs am.
                .parseCaseInsensitive()
                .appendPattern(pattern)
                // So that yyyy, a year of an era, is one without it.
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                // Or the 30th of February would be the 28th.
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** One that reads abbreviations of zones is refused: Java would silently take CST for one of its meanings. */
    public static TimePattern parse(String pattern) {
        String letters = pattern.replaceAll(QUOTED, "");
        if (letters.chars().anyMatch(letter -> letter == 'z' || letter == 'v')) {
            throw new IllegalArgumentException(
                    "z and v read abbreviations of zones, such as CST, that mean several; write"
                            + " the log's own in quotes, such as 'JST', and say in the source's zone which one it is");
        }
        if (letters.indexOf('D') >= 0 && letters.indexOf('M') >= 0) {
            throw new IllegalArgumentException("it does not tell a time: D is the day of the year; write dd");
        }
        TimePattern made = new TimePattern(pattern);
        String written = made.formatter.format(SAMPLE);
        if (Times.of(written, made.formatter, ZoneOffset.UTC) == null) {
            throw new IllegalArgumentException("it does not tell a time: 22:04 on 2026-11-24 would be “" + written
                    + "”. It needs year (yyyy), month (MM or MMM), day (dd) and hour (HH, or hh with a), minute (mm)");
        }
        return made;
    }

    DateTimeFormatter formatter() {
        return formatter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimePattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
