package dev.metsuke.console.entry;

import dev.metsuke.console.language.Text;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time as people write it: ISO 8601 with an offset ({@code 2026-03-31T18:00:00+09:00}), or a date, with or without a
 * time, in a known zone ({@code 2026-03-31 18:00}, {@code 2026/3/31}, {@code 2026年3月31日}); a date alone means its first moment.
 * Digits and signs may be of full width.
 */
public final class WrittenTime {

    /** For messages. */
    public static final String FORMS = "2026-03-31, 2026-03-31 18:00, 2026/3/31 18:00 or 2026-03-31T18:00:00+09:00";

    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-M-d['T'][' ']")
            .appendPattern("[H:mm[:ss]]")
            .parseStrict()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern JAPANESE = Pattern.compile("(\\d+)年(\\d+)月(\\d+)日 *");

    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    /** The archive knows years of four digits. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private WrittenTime() {}

    /** What is wrong with a time that lies before all that the console is told of, as a slip of the pen does. */
    public static Optional<Text> problem(String written, Instant time) {
        return time.isBefore(EARLIEST) ? Optional.of(Text.of("entry.time.before-1990", written)) : Optional.empty();
    }

    /** Whether something was said later than clocks that differ, or a date alone, could explain. */
    public static boolean isStillToCome(Instant said, Instant now) {
        return said.isAfter(now.plus(Duration.ofDays(1)));
    }

    /** The time, or empty where it is none. */
    public static Optional<Instant> parse(String written, ZoneId zone) {
        return moment(written, zone).map(Moment::start);
    }

    /** The first moment after it: a date alone means until the end of that day. */
    public static Optional<Instant> parseEnd(String written, ZoneId zone) {
        return moment(written, zone).map(Moment::end);
    }

    /** What is wrong with what {@link #parse} does not read. */
    public static Text unreadable(String written) {
        return isOfNoDay(dashed(written))
                ? Text.of("entry.time.no-such-day", written)
                : Text.of("entry.time.unreadable", written, FORMS);
    }

    private static boolean isOfNoDay(String text) {
        ParsePosition end = new ParsePosition(0);
        TemporalAccessor fields = LOCAL.parseUnresolved(text, end);
        if (fields == null || end.getIndex() < text.length()) {
            return false;
        }
        try {
            LocalDate.of(
                    fields.get(ChronoField.YEAR),
                    fields.get(ChronoField.MONTH_OF_YEAR),
                    fields.get(ChronoField.DAY_OF_MONTH));
            return false;
        } catch (DateTimeException e) {
            return true;
        }
    }

    private static String dashed(String written) {
        return JAPANESE.matcher(EnteredText.halfWidth(written))
                .replaceFirst("$1-$2-$3 ")
                .strip()
                .replace('/', '-');
    }

    private static Optional<Moment> moment(String written, ZoneId zone) {
        String text = dashed(written);
        try {
            Instant time = text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
            return time.isAfter(LATEST) ? Optional.empty() : Optional.of(Moment.at(time));
        } catch (DateTimeException e) {
            // Not with an offset: perhaps local.
        }
        try {
            return Optional.of(
                    switch (LOCAL.parseBest(text, LocalDateTime::from, LocalDate::from)) {
                        case LocalDateTime time -> Moment.at(time.atZone(zone).toInstant());
                        case LocalDate date ->
                            new Moment(
                                    date.atStartOfDay(zone).toInstant(),
                                    date.plusDays(1).atStartOfDay(zone).toInstant());
                        default -> throw new AssertionError("parseBest gives one of the two");
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private record Moment(Instant start, Instant end) {
        Moment {
            start = start.isAfter(LATEST) ? LATEST : start;
            end = end.isAfter(LATEST) ? LATEST : end;
        }

        static Moment at(Instant instant) {
            return new Moment(instant, instant);
        }
    }
}
