package dev.metsuke.shipper.parse;

import dev.metsuke.events.json.InstantText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The times that logs write; each method answers null for what is no such time. */
final class Times {

    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[['T'][' ']]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[[ ][XXX][XX][X]]")
            .toFormatter(Locale.ROOT)
            // Or the 30th of February would be the 28th.
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter MARIADB =
            DateTimeFormatter.ofPattern("uuuuMMdd HH:mm:ss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final int MARIADB_LENGTH = 17;
    /** Of any time between the years 2001 and 2286. */
    static final int MICROSECONDS_LENGTH = 16;

    /** In 2026-11-24T00:04:40.666. */
    private static final int SECONDS_END = 19;

    private static final long EARLIEST_MILLIS = 100_000_000_000L;

    private Times() {}

    /** ISO 8601 with or without an offset, {@code T} or a space between date and time, a point or a comma before fractions. */
    static @Nullable Instant iso(String written, ZoneId zone) {
        String text = written.length() > SECONDS_END && written.charAt(SECONDS_END) == ','
                ? written.substring(0, SECONDS_END) + '.' + written.substring(SECONDS_END + 1)
                : written;
        Instant usual = InstantText.usual(text);
        if (usual != null) {
            return usual;
        }
        try {
            if (text.endsWith("Z") && text.indexOf(' ') < 0 && text.length() > SECONDS_END) {
                return Instant.parse(text);
            }
            TemporalAccessor parsed = ISO.parseBest(text, java.time.OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(parsed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 1764000000}, {@code 1764000000.123} or {@code 1.764E9}; what is finer than milliseconds is cut. */
    static @Nullable Instant epochSeconds(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            // Without the bounds, 1e999999999 would be written out.
            return seconds.precision() - (long) seconds.scale() > 15 || seconds.scale() > 100
                    ? null
                    : inRange(seconds.movePointRight(3)
                            .setScale(0, RoundingMode.DOWN)
                            .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /** None of 1973 or before: no log is so old, but seconds may be taken for milliseconds. */
    static @Nullable Instant epochMillis(String text) {
        try {
            long millis = Long.parseLong(text);
            return millis < EARLIEST_MILLIS ? null : inRange(millis);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable Instant epochMicros(String text) {
        try {
            return inRange(Long.parseLong(text) / 1000);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Apache's and nginx's {@code 23/Nov/2026:15:05:22 +0000}. */
    static @Nullable Instant combined(String text) {
        if (text.length() != 26 || text.charAt(2) != '/' || text.charAt(11) != ':' || text.charAt(20) != ' ') {
            return null;
        }
        try {
            int month = MONTHS.indexOf(text.substring(3, 6)) + 1;
            return LocalDateTime.of(
                            number(text, 7, 11),
                            month,
                            number(text, 0, 2),
                            number(text, 12, 14),
                            number(text, 15, 17),
                            number(text, 18, 20))
                    .toInstant(ZoneOffset.of(text.substring(21)));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /**
     * PostgreSQL's {@code 2026-11-24 00:04:40.666 JST}. An abbreviation is understood where it is the zone's own, or UTC;
     * others mean several zones.
     */
    static @Nullable Instant postgres(String text, ZoneId zone) {
        int afterDate = text.indexOf(' ');
        int space = afterDate < 0 ? -1 : text.indexOf(' ', afterDate + 1);
        if (space < 0) {
            return iso(text, zone);
        }
        String abbreviation = text.substring(space + 1);
        if (abbreviation.startsWith("+") || abbreviation.startsWith("-")) {
            return iso(text.substring(0, space) + abbreviation, zone);
        }
        if (abbreviation.equals("UTC") || abbreviation.equals("GMT")) {
            return iso(text.substring(0, space), ZoneOffset.UTC);
        }
        TimeZone ofSource = TimeZone.getTimeZone(zone);
        boolean summer = abbreviation.equals(ofSource.getDisplayName(true, TimeZone.SHORT, Locale.ENGLISH));
        if (!summer && !abbreviation.equals(ofSource.getDisplayName(false, TimeZone.SHORT, Locale.ENGLISH))) {
            return null;
        }
        try {
            ZonedDateTime local =
                    LocalDateTime.from(ISO.parse(text.substring(0, space))).atZone(zone);
            return (summer ? local.withEarlierOffsetAtOverlap() : local.withLaterOffsetAtOverlap()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * RFC 3164's {@code Nov 23 15:05:22}: of the latest year in which it is not later than the file, give or take a day for
     * clocks and zones that differ.
     */
    static @Nullable Instant syslog(String text, ZoneId zone, Instant lastWritten) {
        if (text.length() != 15 || text.charAt(3) != ' ' || text.charAt(6) != ' ') {
            return null;
        }
        int month = MONTHS.indexOf(text.substring(0, 3)) + 1;
        int nextYear = lastWritten.atZone(zone).getYear() + 1;
        // A leap day may be some years back.
        for (int year = nextYear; year > nextYear - 10 && month > 0; year--) {
            Instant time = syslogOfYear(text, year, month, zone);
            if (time != null && !time.isAfter(lastWritten.plus(Duration.ofDays(1)))) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Instant syslogOfYear(String text, int year, int month, ZoneId zone) {
        try {
            int day = Integer.parseInt(text.substring(4, 6).strip());
            return LocalDateTime.of(year, month, day, number(text, 7, 9), number(text, 10, 12), number(text, 13, 15))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** MariaDB's {@code 20261124 00:04:40}, in the server's zone, or the microseconds that Amazon's Aurora writes. */
    static @Nullable Instant mariadb(String text, ZoneId zone) {
        return switch (text.length()) {
            case MARIADB_LENGTH -> of(text, MARIADB, zone);
            case MICROSECONDS_LENGTH -> epochMicros(text);
            default -> null;
        };
    }

    /** By a formatter; a time without offset or zone is of the zone that is given. */
    static @Nullable Instant of(String text, DateTimeFormatter formatter, ZoneId zone) {
        try {
            TemporalAccessor parsed = formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
            return parsed instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(parsed);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant inRange(long millis) {
        // Beyond the year 9999 no search engine takes a date.
        return Math.abs(millis) > 253_402_300_799_999L ? null : Instant.ofEpochMilli(millis);
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }
}
