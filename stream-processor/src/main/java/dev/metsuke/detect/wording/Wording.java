package dev.metsuke.detect.wording;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.language.Language;
import dev.metsuke.events.language.TextBundle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How alerts say it in one language: {@code sentences.properties} in English, {@code sentences_ja.properties} in Japanese. Never more than
 * is known. Times say their offset, for whoever reads them knows no zone.
 */
public final class Wording {

    private static final String SENTENCES = "dev.metsuke.detect.wording.sentences";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm xxx", Locale.ROOT);
    private static final DateTimeFormatter WITHOUT_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT);

    private static final Map<Language, Wording> ALL = new EnumMap<>(Language.class);

    static {
        for (Language language : Language.values()) {
            ALL.put(language, new Wording(TextBundle.load(SENTENCES, language)));
        }
    }

    private final TextBundle sentences;
    private final DateTimeFormatter weekday;

    private Wording(TextBundle sentences) {
        this.sentences = sentences;
        this.weekday = DateTimeFormatter.ofPattern("EEE", sentences.language().locale());
    }

    public static Wording in(Language language) {
        return Objects.requireNonNull(ALL.get(language), "every language has its wording");
    }

    /** Of every language. */
    public static Collection<Wording> all() {
        return List.copyOf(ALL.values());
    }

    /** A sentence or a part of one; its places stand for numbers, and for what is said already. */
    public String say(String key, Object... arguments) {
        return sentences.of(key, arguments);
    }

    /** A headline as a whole: who it is, and what follows about them. */
    public String headline(String who, String what) {
        return say("headline", who, what);
    }

    /** {@code yamada (Yamada Hanako, Sales)}, as far as the directory knows. */
    public String who(AccountId account, @Nullable DirectoryEntry entry) {
        return entry == null ? account.value() : who(account, entry.name(), entry.department());
    }

    /** The same by what the directory knows. */
    public String who(AccountId account, @Nullable String name, @Nullable String department) {
        return Stream.of(name, department)
                .filter(Objects::nonNull)
                .map(text -> Objects.requireNonNull(text))
                .reduce((one, other) -> say("who.names", one, other))
                .map(known -> say("who", account.value(), known))
                .orElse(account.value());
    }

    /** {@code 17,500}. */
    public String number(long number) {
        return say("number", number);
    }

    /** {@code 1 access}, {@code 35 accesses}. */
    public String accesses(long number) {
        return say("accesses", number);
    }

    /** {@code 17,500 people's records}; with unknown counts {@code at least} so many, or {@code an unknown number of}. */
    public String peoplesRecords(long records, long unknownRecords) {
        if (records == 0 && unknownRecords > 0) {
            return say("records.unknown");
        }
        String known = say("records", records);
        return unknownRecords > 0 ? say("records.at-least", known) : known;
    }

    /** {@code under 1 min}, {@code 4 min}, {@code 3 h}, {@code 5 h 20 min}, {@code 35 d}. */
    public String span(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes < 1) {
            return say("span.under-a-minute");
        }
        if (minutes < Duration.ofHours(1).toMinutes()) {
            return say("span.minutes", text(minutes));
        }
        if (duration.toHours() < Duration.ofDays(2).toHours()) {
            int rest = duration.toMinutesPart();
            String hours = say("span.hours", text(duration.toHours()));
            return rest == 0 ? hours : say("span.and", hours, say("span.minutes", text(rest)));
        }
        int rest = duration.toHoursPart();
        String days = say("span.days", text(duration.toDays()));
        return rest == 0 ? days : say("span.and", days, say("span.hours", text(rest)));
    }

    /** A span as an alert's settings name it, which are the same in every language. */
    public static String setting(Duration duration) {
        return in(Language.ENGLISH).span(duration);
    }

    /** Without commas. */
    private static String text(long number) {
        return Long.toString(number);
    }

    /** {@code 2026-11-24 00:04 +09:00}. */
    public String time(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone));
    }

    /** {@code from 2026-11-24 00:04 to 2026-11-24 00:09 +09:00}; both offsets where the clocks changed in between. */
    public String fromTo(Instant start, Instant end, ZoneId zone) {
        boolean isOfOneOffset =
                zone.getRules().getOffset(start).equals(zone.getRules().getOffset(end));
        return say(
                "time.from-to",
                isOfOneOffset ? WITHOUT_OFFSET.format(start.atZone(zone)) : time(start, zone),
                time(end, zone));
    }

    /** {@code Tue 2026-11-24 00:04 +09:00}. */
    public String timeWithWeekday(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return say("time.with-weekday", weekday.format(local), DATE.format(local), TIME_OF_DAY.format(local));
    }
}
