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

    private static final int ACCOUNT_COLUMNS = 14;
    private static final int DATASET_COLUMNS = 18;

    private final DateTimeFormatter time;

    public EventTable(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    public String head() {
        return line("TIME", "ACCOUNT", "ACTION", "DATASET", "PEOPLE", "FROM", "LINE");
    }

    /** An event's line, of its members as JSON has them. */
    public String row(Map<String, ? extends @Nullable Object> source) {
        return PlainText.of(line(
                time(source.get("@timestamp")),
                text(source, "user", "id"),
                text(source, "event", "action"),
                text(source, "metsuke", "dataset"),
                text(source, "metsuke", "records"),
                text(source, "source", "ip"),
                text(source, "event", "original")));
    }

    private static String line(
            String time, String account, String action, String dataset, String people, String from, String line) {
        return "%-26s  %s %-13s %s %9s  %-15s %s"
                .formatted(
                        time,
                        Columns.padded(account, ACCOUNT_COLUMNS),
                        action,
                        Columns.padded(dataset, DATASET_COLUMNS),
                        people,
                        from,
                        line);
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
