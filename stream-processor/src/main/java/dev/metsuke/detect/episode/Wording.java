package dev.metsuke.detect.episode;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How alerts say numbers, times and people; never more than is known. Times say their offset, for whoever reads them knows no zone. */
public final class Wording {

    private static final DateTimeFormatter WITHOUT_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);
    private static final DateTimeFormatter WITH_WEEKDAY =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH);

    private Wording() {}

    /** {@code yamada (Yamada Hanako, Sales)}, as far as the directory knows. */
    public static String who(AccountId account, @Nullable DirectoryEntry entry) {
        return entry == null ? account.value() : who(account, entry.name(), entry.department());
    }

    static String who(AccountId account, @Nullable String name, @Nullable String department) {
        String known = Stream.of(name, department)
                .filter(Objects::nonNull)
                .map(text -> Objects.requireNonNull(text))
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? account.value() : account.value() + " (" + known + ")";
    }

    /** {@code 17,500}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 access}, {@code 35 accesses}. */
    public static String accesses(long number) {
        return number == 1 ? "1 access" : number(number) + " accesses";
    }

    /** {@code 17,500 people's records}; with unknown counts {@code at least} so many, or {@code an unknown number of}. */
    public static String peoplesRecords(long records, long unknownRecords) {
        if (records == 0 && unknownRecords > 0) {
            return "an unknown number of people's records";
        }
        String known = records == 1 ? "1 person's record" : number(records) + " people's records";
        return unknownRecords > 0 ? "at least " + known : known;
    }

    /** {@code under 1 min}, {@code 4 min}, {@code 3 h}, {@code 5 h 20 min}, {@code 35 d}. */
    public static String span(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes < 1) {
            return "under 1 min";
        }
        if (minutes < Duration.ofHours(1).toMinutes()) {
            return minutes + " min";
        }
        if (duration.toHours() < Duration.ofDays(2).toHours()) {
            int rest = duration.toMinutesPart();
            return duration.toHours() + " h" + (rest == 0 ? "" : " " + rest + " min");
        }
        int rest = duration.toHoursPart();
        return duration.toDays() + " d" + (rest == 0 ? "" : " " + rest + " h");
    }

    /** {@code 2026-11-24 00:04 +09:00}. */
    public static String time(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** {@code from 2026-11-24 00:04 to 2026-11-24 00:09 +09:00}; both offsets where the clocks changed in between. */
    public static String fromTo(Instant start, Instant end, ZoneId zone) {
        boolean isOfOneOffset =
                zone.getRules().getOffset(start).equals(zone.getRules().getOffset(end));
        return "from " + (isOfOneOffset ? WITHOUT_OFFSET.format(start.atZone(zone)) : time(start, zone)) + " to "
                + time(end, zone);
    }

    /** {@code Tue 2026-11-24 00:04 +09:00}. */
    public static String timeWithWeekday(Instant instant, ZoneId zone) {
        return WITH_WEEKDAY.format(instant.atZone(zone));
    }
}
