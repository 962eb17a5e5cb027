package dev.metsuke.simulation.evaluate;

import dev.metsuke.simulation.incident.Incident;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** An evaluation for people: tables in plain text. */
public final class EvaluationText {

    private static final String RULES = "%-17s %9s %6s %7s %6s %9s %9s %7s %10s %12s %12s %9s%n";
    private static final String KINDS = "%-30s %-9s %-5s %-17s %6s %8s %6s %9s %9s%n";

    private EvaluationText() {}

    /** Both tables, and which bars are met. */
    public static String summary(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                RULES,
                "rule",
                "incidents",
                "found",
                "recall",
                "false",
                "precision",
                "repeated",
                "beside",
                "withdrawn",
                "false/1000/d",
                "found after",
                "p95"));
        for (RuleScore score : evaluation.rules()) {
            text.append(String.format(
                    Locale.ROOT,
                    RULES,
                    score.rule().id(),
                    score.incidents(),
                    score.found(),
                    share(score.recall()),
                    score.falseAlerts(),
                    share(score.precision()),
                    score.repeated(),
                    score.beside(),
                    score.withdrawn(),
                    number(evaluation.perThousandAccountsADay(score.falseAlerts())),
                    span(score.delays().median()),
                    span(score.delays().p95())));
        }
        text.append(System.lineSeparator());
        text.append(String.format(
                Locale.ROOT, KINDS, "kind", "label", "", "rule", "labels", "alerted", "share", "median", "p95"));
        for (KindScore score : evaluation.kinds()) {
            text.append(String.format(
                    Locale.ROOT,
                    KINDS,
                    score.kind(),
                    score.isInnocent() ? "innocent" : "incident",
                    score.difficulty().name().toLowerCase(Locale.ROOT),
                    score.rule().id(),
                    score.labels(),
                    score.alerted(),
                    share(score.share()),
                    span(score.delays().median()),
                    span(score.delays().p95())));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%d false alerts: %s per 1,000 accounts a day, over %d accounts and %d days%n",
                evaluation.falseAlerts(),
                number(evaluation.perThousandAccountsADay(evaluation.falseAlerts())),
                evaluation.accounts(),
                evaluation.days()));
        for (Evaluation.Bar bar : evaluation.bars()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %s (%s)%n",
                    bar.isMet() ? "met" : "MISSED",
                    bar.description(),
                    number(bar.value())));
        }
        return text.toString();
    }

    /** Every missed incident and every false alert, one a line. */
    public static String mistakes(Evaluation evaluation) {
        StringBuilder text = new StringBuilder();
        for (Incident incident : evaluation.missed()) {
            text.append(String.format(
                    Locale.ROOT,
                    "missed %s %s: %s %s from %s: %s%n",
                    incident.id(),
                    incident.kind(),
                    incident.rule().id(),
                    incident.account(),
                    incident.from(),
                    incident.description()));
        }
        for (Evaluation.Wrong wrong : evaluation.wrong()) {
            Incident innocent = wrong.innocent();
            text.append(String.format(
                    Locale.ROOT,
                    "false %s %s: %s%s%n",
                    wrong.alert().rule().id(),
                    wrong.alert().alert().id(),
                    wrong.alert().alert().headline(),
                    innocent == null ? "" : " (innocent: " + innocent.id() + " " + innocent.kind() + ")"));
        }
        return text.toString();
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "–" : number(share.getAsDouble());
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    /** In its two largest units. */
    private static String span(Optional<Duration> span) {
        if (span.isEmpty()) {
            return "–";
        }
        Duration time = span.get();
        if (time.isNegative()) {
            return "0s";
        }
        if (time.toDays() > 0) {
            return time.toDays() + "d " + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h " + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m " + time.toSecondsPart() + "s" : time.toSeconds() + "s";
    }
}
