package dev.metsuke.simulation.evaluate;

import dev.metsuke.events.alert.Rule;
import dev.metsuke.simulation.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How well alerts fit labels. An alert fits a label when account and rule are the same and the time of its evidence, from
 * its first to its last access, overlaps the label's.
 *
 * @param accounts how many accounts were watched
 * @param days for how many days
 * @param rules by rule
 * @param kinds by kind, incidents first
 * @param missed incidents without an alert
 * @param wrong alerts that fit no incident
 */
public record Evaluation(
        int accounts,
        int days,
        List<RuleScore> rules,
        List<KindScore> kinds,
        List<Incident> missed,
        List<Wrong> wrong) {

    private static final String SLOW_DRIP = "slow-drip";

    public Evaluation {
        rules = List.copyOf(rules);
        kinds = List.copyOf(kinds);
        missed = List.copyOf(missed);
        wrong = List.copyOf(wrong);
    }

    /**
     * A false alert.
     *
     * @param alert the alert
     * @param innocent the innocent label that it fits, where there is one
     */
    public record Wrong(SeenAlert alert, @Nullable Incident innocent) {}

    /**
     * What was asked for, and what came.
     *
     * @param description what was asked for
     * @param value what came
     * @param isMet whether it is enough
     */
    public record Bar(String description, double value, boolean isMet) {}

    /** A pure function of its arguments. */
    public static Evaluation of(List<Incident> labels, List<SeenAlert> alerts, int accounts, int days) {
        Matching matching = new Matching(labels, alerts);
        List<RuleScore> rules =
                List.of(Rule.values()).stream().map(matching::score).toList();
        Collection<List<Incident>> byKind = labels.stream()
                .collect(Collectors.groupingBy(
                        label -> List.of(label.kind(), label.isInnocent(), label.rule(), label.difficulty())))
                .values();
        List<KindScore> kinds = byKind.stream()
                .map(matching::score)
                .sorted(Comparator.comparing(KindScore::isInnocent)
                        .thenComparing(KindScore::rule)
                        .thenComparing(KindScore::kind)
                        .thenComparing(KindScore::difficulty))
                .toList();
        List<Incident> missed = labels.stream()
                .filter(label -> !label.isInnocent() && !matching.isFound(label))
                .toList();
        return new Evaluation(accounts, days, rules, kinds, missed, matching.wrong);
    }

    /** How many of so many false alerts come to a thousand accounts on a day. */
    public double perThousandAccountsADay(int falseAlerts) {
        return falseAlerts * 1000.0 / accounts / days;
    }

    public int falseAlerts() {
        return wrong.size();
    }

    /** What the project asks of its rules; without incidents of a kind there is nothing to ask of it. */
    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (RuleScore score : rules) {
            String rule = score.rule().id();
            if (score.rule() == Rule.BULK_READ) {
                recall(
                        bars,
                        rule + " but slow-drip: recall 0.95",
                        0.95,
                        kind -> !kind.kind().equals(SLOW_DRIP));
                recall(bars, "slow-drip: recall 0.8", 0.8, kind -> kind.kind().equals(SLOW_DRIP));
                double rate = perThousandAccountsADay(score.falseAlerts());
                bars.add(new Bar(rule + ": at most 1 false alert per 1,000 accounts a day", rate, rate <= 1));
            } else {
                score.recall()
                        .ifPresent(recall ->
                                bars.add(new Bar(rule + ": recall 1.0", recall, score.found() == score.incidents())));
                score.precision()
                        .ifPresent(precision ->
                                bars.add(new Bar(rule + ": precision 0.99", precision, precision >= 0.99)));
            }
        }
        return bars;
    }

    private void recall(List<Bar> bars, String description, double least, Predicate<KindScore> which) {
        List<KindScore> counted = kinds.stream()
                .filter(kind -> !kind.isInnocent() && kind.rule() == Rule.BULK_READ)
                .filter(which)
                .toList();
        int labels = counted.stream().mapToInt(KindScore::labels).sum();
        int found = counted.stream().mapToInt(KindScore::alerted).sum();
        OptionalDouble recall = RuleScore.share(found, labels);
        recall.ifPresent(value -> bars.add(new Bar(description, value, value >= least)));
    }

    /** Finds for every alert its label. */
    private static final class Matching {

        private final List<Incident> labels;
        private final Map<Incident, Instant> told = new HashMap<>();
        private final Set<Incident> found = new HashSet<>();
        private final Set<Incident> flagged = new HashSet<>();
        private final List<Wrong> wrong = new ArrayList<>();
        private final Map<Rule, Integer> repeated = new EnumMap<>(Rule.class);
        private final Map<Rule, Integer> beside = new EnumMap<>(Rule.class);
        private final Map<Rule, Integer> withdrawn = new EnumMap<>(Rule.class);

        Matching(List<Incident> labels, List<SeenAlert> alerts) {
            this.labels = labels;
            Map<String, List<Incident>> byAccount = labels.stream()
                    .collect(Collectors.groupingBy(label -> label.account().value()));
            for (SeenAlert alert : alerts) {
                judge(
                        alert,
                        byAccount.getOrDefault(alert.alert().account().value(), List.of()).stream()
                                .filter(alert::meets)
                                .toList());
            }
        }

        private void judge(SeenAlert alert, List<Incident> met) {
            List<Incident> incidents =
                    met.stream().filter(label -> !label.isInnocent()).toList();
            List<Incident> fitting = incidents.stream()
                    .filter(label -> label.rule() == alert.rule())
                    .toList();
            // Whoever was told was told, also by an alert that a longer one has since taken in.
            fitting.forEach(
                    label -> told.merge(label, alert.told(), (one, other) -> one.isBefore(other) ? one : other));
            if (alert.isWithdrawn()) {
                withdrawn.merge(alert.rule(), 1, Integer::sum);
            } else if (alert.holds()) {
                if (!fitting.isEmpty()) {
                    if (!found.addAll(fitting)) {
                        repeated.merge(alert.rule(), 1, Integer::sum);
                    }
                } else if (!incidents.isEmpty()) {
                    beside.merge(alert.rule(), 1, Integer::sum);
                } else {
                    Optional<Incident> innocent = met.stream()
                            .filter(label -> label.rule() == alert.rule())
                            .findFirst();
                    innocent.ifPresent(flagged::add);
                    wrong.add(new Wrong(alert, innocent.orElse(null)));
                }
            }
        }

        boolean isFound(Incident label) {
            return found.contains(label);
        }

        RuleScore score(Rule rule) {
            List<Incident> incidents = labels.stream()
                    .filter(label -> label.rule() == rule && !label.isInnocent())
                    .toList();
            return new RuleScore(
                    rule,
                    incidents.size(),
                    (int) incidents.stream().filter(this::isFound).count(),
                    repeated.getOrDefault(rule, 0),
                    beside.getOrDefault(rule, 0),
                    (int) wrong.stream()
                            .filter(each -> each.alert().rule() == rule)
                            .count(),
                    withdrawn.getOrDefault(rule, 0),
                    delays(incidents));
        }

        KindScore score(List<Incident> ofKind) {
            Incident any = ofKind.getFirst();
            Set<Incident> hit = any.isInnocent() ? flagged : found;
            return new KindScore(
                    any.kind(),
                    any.isInnocent(),
                    any.difficulty(),
                    any.rule(),
                    ofKind.size(),
                    (int) ofKind.stream().filter(hit::contains).count(),
                    delays(ofKind));
        }

        private Delays delays(List<Incident> incidents) {
            return new Delays(incidents.stream()
                    .filter(this::isFound)
                    .map(label -> Duration.between(label.from(), told.getOrDefault(label, label.from())))
                    .toList());
        }
    }
}
