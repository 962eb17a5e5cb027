package dev.metsuke.shipper.parse;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How a log writes its times, in the letters of Java's {@code DateTimeFormatter}; names are English. */
public final class TimePattern {

    private static final String QUOTED = "'[^']*'";

    private final String pattern;
    private final DateTimeFormatter formatter;

    private TimePattern(String pattern) {
        this.pattern = pattern;
        this.formatter = new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                // So that yyyy, a year of an era, is one without it.
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                // Or the 30th of February would be the 28th.
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** One that reads abbreviations of zones is refused: Java would silently take CST for one of its meanings. */
    public static TimePattern parse(String pattern) {
        if (pattern.replaceAll(QUOTED, "").chars().anyMatch(letter -> letter == 'z' || letter == 'v')) {
            throw new IllegalArgumentException(
                    "z and v read abbreviations of zones, such as CST, that mean several; write"
                            + " the log's own in quotes, such as 'JST', and say in the source's zone which one it is");
        }
        return new TimePattern(pattern);
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
