package dev.metsuke.standalone.terminal;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.shipper.Preview;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the shipper makes of a record, as one line of a terminal. */
public final class ParsedLine {

    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";
    private static final int ACCOUNT_COLUMNS = 16;
    private static final int DATASET_COLUMNS = 18;
    private static final int LONGEST_TEXT = 300;

    private final DateTimeFormatter time;
    private final boolean colours;
    private final boolean original;

    /**
     * How lines are shown.
     *
     * @param zone of the times
     * @param original whether an event's line is shown as well, as it would be kept
     */
    public ParsedLine(ZoneId zone, boolean colours, boolean original) {
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
        this.colours = colours;
        this.original = original;
    }

    public String of(Preview.Line line) {
        String place = line.place().describe();
        return switch (line) {
            case Preview.Line.Event(var _, var _, AccessEvent event) ->
                place + "  " + described(event)
                        + (original
                                ? System.lineSeparator()
                                        + coloured(DIM, "    " + PlainText.of(orDash(event.original())))
                                : "");
            case Preview.Line.Rejected(var _, String text, String reason) ->
                coloured(RED, place + "  REJECTED  " + PlainText.of(reason))
                        + System.lineSeparator()
                        + "    " + PlainText.of(shortened(text));
            case Preview.Line.Ignored(var _, String text, String reason) ->
                coloured(DIM, place + "  ignored: " + PlainText.of(reason) + "  " + PlainText.of(shortened(text)));
        };
    }

    /** Something that the user may want to mend. */
    public String hint(String text) {
        return coloured(YELLOW, text);
    }

    private String described(AccessEvent event) {
        String subjects = event.subjects().isEmpty()
                ? ""
                : "  of " + event.subjects().getFirst()
                        + (event.subjects().size() == 1
                                ? ""
                                : " and " + (event.subjects().size() - 1) + " more");
        String tags = event.tags().isEmpty() ? "" : "  [" + String.join(", ", event.tags()) + "]";
        return PlainText.of("%s  %s %-13s %s %9s  %-7s  %-15s %s%s%s"
                .formatted(
                        time.format(event.timestamp()),
                        Columns.padded(event.account().value(), ACCOUNT_COLUMNS),
                        event.action().label(),
                        Columns.padded(orDash(event.dataset()), DATASET_COLUMNS),
                        event.records() == null ? "?" : event.records().toString(),
                        event.outcome() == null ? "-" : event.outcome().label(),
                        orDash(event.sourceAddress()),
                        event.destination() == null ? "" : "to " + event.destination(),
                        subjects,
                        tags)
                .stripTrailing());
    }

    private String coloured(String colour, String text) {
        return colours ? colour + text + RESET : text;
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
