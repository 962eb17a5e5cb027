package dev.metsuke.events.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.chrono.IsoChronology;
import org.jspecify.annotations.Nullable;

/** Reads and writes ISO 8601 times with offset, such as {@code 2026-11-24T00:04:40.666+09:00}. */
public final class InstantText {

    private static final int SECONDS_A_DAY = 86_400;
    private static final int NO_OFFSET = Integer.MIN_VALUE;
    private static final int TO_SECONDS = "2026-11-24T00:04:40".length();

    /** Of what {@link Writer} writes, in bytes. */
    static final int LONGEST = "2026-11-24T00:04:40.666666666Z".length();

    private static final long YEAR_0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long YEAR_10000 =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

    private InstantText() {}

    /** Writes times; those of one second, as a busy log has them, cost little. Not safe for several threads. */
    static final class Writer {

        private final byte[] second = new byte[TO_SECONDS];
        private long written = Long.MIN_VALUE;

        /** The same as {@link Instant#toString}, from {@code at}; answers where it ends, or -1 beyond the years of four digits. */
        int write(Instant instant, byte[] into, int at) {
            long seconds = instant.getEpochSecond();
            if (seconds < YEAR_0 || seconds >= YEAR_10000) {
                return -1;
            }
            if (seconds != written) {
                writeSecond(seconds);
            }
            System.arraycopy(second, 0, into, at, TO_SECONDS);
            int end = at + TO_SECONDS;
            int nanos = instant.getNano();
            if (nanos == 0) {
                into[end] = 'Z';
                return end + 1;
            }
            into[end++] = '.';
            if (nanos % 1_000_000 == 0) {
                return put(into, end, nanos / 1_000_000, 3, 'Z');
            }
            return nanos % 1_000 == 0 ? put(into, end, nanos / 1_000, 6, 'Z') : put(into, end, nanos, 9, 'Z');
        }

        private void writeSecond(long seconds) {
            LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
            int ofDay = Math.floorMod(seconds, SECONDS_A_DAY);
            int end = put(second, 0, date.getYear(), 4, '-');
            end = put(second, end, date.getMonthValue(), 2, '-');
            end = put(second, end, date.getDayOfMonth(), 2, 'T');
            end = put(second, end, ofDay / 3_600, 2, ':');
            end = put(second, end, ofDay / 60 % 60, 2, ':');
            put(second, end, ofDay % 60, 2);
            written = seconds;
        }
    }

    private static int put(byte[] into, int at, int number, int digits, char behind) {
        int end = put(into, at, number, digits);
        into[end] = (byte) behind;
        return end + 1;
    }

    private static int put(byte[] into, int at, int number, int digits) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

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

    /**
     * The usual forms, {@code 2026-11-24T00:04:40.666Z} and {@code 2026-11-24T00:04:40+09:00}, without the cost of a
     * general parser; null for what is none of them, or no time at all.
     */
    public static @Nullable Instant usual(String text) {
        int end = text.length() - 1;
        int offsetSeconds = 0;
        if (end >= TO_SECONDS + 5 && text.charAt(end - 2) == ':' && text.charAt(end) != 'Z') {
            end -= 5;
            offsetSeconds = offset(text, end);
        } else if (end < TO_SECONDS || text.charAt(end) != 'Z') {
            return null;
        }
        if (end > TO_SECONDS + 10
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || (end > TO_SECONDS && text.charAt(TO_SECONDS) != '.')) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int fractionDigits = end - TO_SECONDS - 1;
        int fraction = fractionDigits <= 0 ? 0 : digits(text, TO_SECONDS + 1, end);
        if (year < 0
                || month < 1
                || month > 12
                || day < 1
                || day > Month.of(month).length(IsoChronology.INSTANCE.isLeapYear(year))
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || fraction < 0
                || fractionDigits == 0
                || offsetSeconds == NO_OFFSET) {
            return null;
        }
        int nanos = fraction;
        for (int digit = Math.max(fractionDigits, 0); digit < 9; digit++) {
            nanos *= 10;
        }
        long seconds =
                LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + hour * 3_600L + minute * 60L + second;
        return Instant.ofEpochSecond(seconds - offsetSeconds, nanos);
    }

    /** Of {@code +09:00}, in seconds. */
    private static int offset(String text, int at) {
        char sign = text.charAt(at);
        int hours = digits(text, at + 1, at + 3);
        int minutes = digits(text, at + 4, at + 6);
        if ((sign != '+' && sign != '-') || hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return NO_OFFSET;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return sign == '+' ? seconds : -seconds;
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
