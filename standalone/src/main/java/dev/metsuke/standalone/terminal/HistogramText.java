package dev.metsuke.standalone.terminal;

import static dev.metsuke.standalone.terminal.Numbers.grouped;

import dev.metsuke.archive.find.AccessHistogram.Bar;
import dev.metsuke.archive.find.AccessHistogram.Interval;
import dev.metsuke.events.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts over time as bars of text. */
public final class HistogramText {

    private static final int WIDTH = 50;
    /** So many empty stretches in a row are shown one by one; more are told in one line. */
    private static final int MOST_EMPTY = 7;

    private final Interval interval;
    private final ZoneId zone;
    private final DateTimeFormatter time;

    public HistogramText(Interval interval, ZoneId zone) {
        this.interval = interval;
        this.zone = zone;
        time = DateTimeFormatter.ofPattern(
                switch (interval) {
                    case HOUR -> "uuuu-MM-dd HH:mm xxx";
                    case DAY -> "uuuu-MM-dd EEE";
                    case MONTH -> "uuuu-MM";
                },
                Locale.ENGLISH);
    }

    /** One line a bar, the longest {@value #WIDTH} characters wide, with those between them that have no accesses. */
    public List<String> lines(List<Bar> bars) {
        long most = bars.stream().mapToLong(Bar::accesses).max().orElse(0);
        int digits = grouped(most).length();
        List<String> lines = new ArrayList<>();
        ZonedDateTime expected = null;
        for (Bar bar : bars) {
            ZonedDateTime start = bar.start().atZone(zone);
            if (expected != null) {
                lines.addAll(between(expected, start, digits));
            }
            lines.add(line(start, bar.accesses(), digits) + "  " + "█".repeat(width(bar.accesses(), most)));
            expected = interval.next(start);
        }
        return lines;
    }

    /** One JSON document a bar. */
    public static List<String> json(List<Bar> bars) {
        return bars.stream()
                .map(bar -> Map.of("start", bar.start(), "accesses", bar.accesses()))
                .map(bar -> new String(CanonicalJson.bytes(bar), StandardCharsets.UTF_8))
                .toList();
    }

    private List<String> between(ZonedDateTime from, ZonedDateTime until, int digits) {
        List<String> lines = new ArrayList<>();
        long empty = 0;
        for (ZonedDateTime start = from; start.isBefore(until); start = interval.next(start)) {
            empty++;
            if (empty <= MOST_EMPTY) {
                lines.add(line(start, 0, digits));
            }
        }
        return empty <= MOST_EMPTY
                ? lines
                : List.of("… " + empty + " " + interval.name().toLowerCase(Locale.ROOT) + "s without any");
    }

    private String line(ZonedDateTime start, long accesses, int digits) {
        return time.format(start) + "  " + " ".repeat(digits - grouped(accesses).length()) + grouped(accesses);
    }

    /** Any access at all is seen. */
    private static int width(long accesses, long most) {
        return (int) Math.max(1, Math.round((double) accesses * WIDTH / most));
    }
}
