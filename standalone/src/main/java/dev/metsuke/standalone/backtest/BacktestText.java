package dev.metsuke.standalone.backtest;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells people what a backtest found. */
public final class BacktestText {

    private BacktestText() {}

    /** A line a rule. */
    public static String summary(BacktestRun run) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-18s %8s %8s  %s%n",
                "rule",
                "alerts",
                "accounts",
                "by severity; what was told and then lifted"));
        for (Rule rule : Rule.values()) {
            List<Alert> found =
                    run.alerts().stream().filter(alert -> alert.rule() == rule).toList();
            List<Alert> holding = found.stream().filter(BacktestText::calls).toList();
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %8d %8d  %s%n",
                    rule.id(),
                    holding.size(),
                    holding.stream().map(Alert::account).distinct().count(),
                    remarks(found, holding)));
        }
        return text.toString();
    }

    /** Alerts that one of two policies gives and the other does not. */
    public static String difference(BacktestRun before, String beforeName, BacktestRun after, String afterName) {
        List<Alert> one = holding(before.alerts());
        List<Alert> other = holding(after.alerts());
        StringBuilder text = new StringBuilder();
        int kept = one.size() - only(one, other).size();
        text.append(kept).append(" alerts by both\n");
        append(text, "- only by " + afterName, other, one);
        append(text, "+ only by " + beforeName, one, other);
        return text.toString();
    }

    private static void append(StringBuilder text, String title, List<Alert> these, List<Alert> others) {
        List<Alert> only = only(these, others);
        text.append(title).append(": ").append(only.size()).append('\n');
        only.forEach(alert -> text.append("    ").append(alert.headline()).append('\n'));
    }

    private static List<Alert> holding(Collection<Alert> alerts) {
        return alerts.stream()
                .filter(BacktestText::calls)
                .sorted(Comparator.comparing(Alert::id))
                .toList();
    }

    /** Those of which no other is about the same: by another limit it may begin a little earlier or later. */
    private static List<Alert> only(List<Alert> these, List<Alert> others) {
        Map<List<Object>, List<Alert>> alike = others.stream().collect(Collectors.groupingBy(BacktestText::subject));
        return these.stream()
                .filter(alert -> alike.getOrDefault(subject(alert), List.of()).stream()
                        .noneMatch(other -> !other.start().isAfter(alert.end())
                                && !alert.start().isAfter(other.end())))
                .toList();
    }

    private static List<Object> subject(Alert alert) {
        return List.of(alert.rule(), alert.account(), alert.scope());
    }

    /** Whether somebody has to look into it in the end. */
    private static boolean calls(Alert alert) {
        return alert.state() != AlertState.WITHDRAWN && alert.state() != AlertState.APPROVED;
    }

    private static String remarks(List<Alert> found, List<Alert> holding) {
        Map<Severity, Long> bySeverity =
                holding.stream().collect(Collectors.groupingBy(Alert::severity, TreeMap::new, Collectors.counting()));
        String severities = bySeverity.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().label())
                .collect(Collectors.joining(", "));
        long withdrawn = found.stream()
                .filter(alert -> alert.state() == AlertState.WITHDRAWN)
                .count();
        long approved = found.stream()
                .filter(alert -> alert.state() == AlertState.APPROVED)
                .count();
        return severities
                + (withdrawn == 0 ? "" : "; " + withdrawn + " withdrawn")
                + (approved == 0 ? "" : "; " + approved + " approved");
    }
}
