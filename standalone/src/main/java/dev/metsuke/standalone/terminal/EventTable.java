package dev.metsuke.standalone.terminal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Archived events as lines of a terminal. */
public final class EventTable {

    private static final String LINE = "%-26s  %-14s %-13s %-18s %9s  %-15s %s";

    private final DateTimeFormatter time;

    public EventTable(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    public String head() {
        return LINE.formatted("TIME", "ACCOUNT", "ACTION", "DATASET", "PEOPLE", "FROM", "LINE");
    }

    /** An event's line, of its members as JSON has them. */
    public String row(Map<String, ? extends @Nullable Object> source) {
        return PlainText.of(LINE.formatted(
                time(source.get("@timestamp")),
                text(source, "user", "id"),
                text(source, "event", "action"),
                text(source, "metsuke", "dataset"),
                text(source, "metsuke", "records"),
                text(source, "source", "ip"),
                text(source, "event", "original")));
    }

    /** What others wrote may have any form that the archive takes for a time. */
    private String time(@Nullable Object written) {
        if (written instanceof Long millis) {
            return time.format(Instant.ofEpochMilli(millis));
        }
        String text = text(written);
        try {
            return time.format(Instant.parse(text));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String text(@Nullable Object value, String... path) {
        Object found = value;
        for (String name : path) {
            found = found instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return found == null ? "-" : found.toString();
    }
}
