package dev.metsuke.standalone.terminal;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.json.CanonicalJson;
import dev.metsuke.standalone.retrohunt.Find;
import dev.metsuke.standalone.retrohunt.Retrohunt.Hunted;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a hunt through the archive found, for people and for programs. */
public final class HuntText {

    private final DateTimeFormatter time;

    public HuntText(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    /** One line. */
    public String line(Find find) {
        Alert alert = find.alert();
        return PlainText.of("%-5s %-8s %-16s %s to %s  %s  alert %s%s"
                .formatted(
                        label(find).toUpperCase(Locale.ROOT),
                        alert.severity().label().toUpperCase(Locale.ROOT),
                        alert.rule().id(),
                        time.format(alert.start()),
                        time.format(alert.end()),
                        alert.headline(),
                        alert.id(),
                        remark(find)));
    }

    private static String remark(Find find) {
        return switch (find) {
            case Find.New _ -> "";
            case Find.Grown grown -> "; " + toldAlready(grown);
        };
    }

    private static String toldAlready(Find.Grown grown) {
        List<Alert> ofItsScope = grown.known().stream()
                .filter(known -> known.scope().equals(grown.alert().scope()))
                .toList();
        if (ofItsScope.isEmpty()) {
            return "told in its time: "
                    + grown.known().stream()
                            .map(known -> known.scope() + " by alert " + known.id())
                            .collect(Collectors.joining(", "));
        }
        return grown.told() + " of its " + grown.alert().events() + " accesses were told, by alert "
                + String.join(", ", ids(ofItsScope));
    }

    /** One JSON document: {@code alert}, {@code find} ({@code new} or {@code grown}), and {@code known}, ids of archived alerts. */
    public static String json(Find find) {
        List<String> known = switch (find) {
            case Find.New _ -> List.of();
            case Find.Grown grown -> ids(grown.known());
        };
        String rest = text(CanonicalJson.bytes(Map.of("find", label(find), "known", known)));
        return "{\"alert\":" + text(find.alert().toJson()) + "," + rest.substring(1);
    }

    /** A line a rule, and what was read. */
    public static String summary(Hunted hunted) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-18s %8s %8s %8s%n", "rule", "alerts", "new", "grown"));
        for (Rule rule : Rule.values()) {
            Map<String, Long> finds = hunted.finds().stream()
                    .filter(find -> find.alert().rule() == rule)
                    .collect(Collectors.groupingBy(HuntText::label, Collectors.counting()));
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %8d %8d %8d%n",
                    rule.id(),
                    hunted.alerts().stream()
                            .filter(alert -> alert.rule() == rule)
                            .count(),
                    finds.getOrDefault("new", 0L),
                    finds.getOrDefault("grown", 0L)));
        }
        return text.toString();
    }

    private static String label(Find find) {
        return switch (find) {
            case Find.New _ -> "new";
            case Find.Grown _ -> "grown";
        };
    }

    private static List<String> ids(List<Alert> alerts) {
        return alerts.stream().map(Alert::id).toList();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
