package dev.metsuke.events.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads ISO 8601 times with offset, such as {@code 2026-11-24T00:04:40.666+09:00}. */
public final class InstantText {

    private static final int SECONDS_A_DAY = 86_400;
    private static final int TO_SECONDS = "2026-11-24T00:04:40".length();

    private InstantText() {}

    /**
     * The time.
     *
     * @param path the field, for the message
     */
    public static Instant parse(String path, String text) throws MalformedDocumentException {
        Instant usual = usual(text);
        if (usual != null) {
            return usual;
        }
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedDocumentException(path + " is not an ISO 8601 time with offset: " + text, e);
        }
    }

    /** The form that shippers write, {@code 2026-11-24T00:04:40.666Z}, without the cost of a general parser; else null. */
    private static @Nullable Instant usual(String text) {
        int last = text.length() - 1;
        if (last < TO_SECONDS
                || last > TO_SECONDS + 10
                || text.charAt(last) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (last > TO_SECONDS && text.charAt(TO_SECONDS) != '.')) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int fractionDigits = last - TO_SECONDS - 1;
        int fraction = fractionDigits <= 0 ? 0 : digits(text, TO_SECONDS + 1, last);
        // Day 29 and later are left to the general parser, which knows the months.
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > 28
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || fraction < 0
                || fractionDigits == 0) {
            return null;
        }
        int nanos = fraction;
        for (int digit = Math.max(fractionDigits, 0); digit < 9; digit++) {
            nanos *= 10;
        }
        long seconds =
                LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** The number between two places, or -1 where a character is no digit. */
    private static int digits(String text, int from, int until) {
        int number = 0;
        for (int i = from; i < until; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
