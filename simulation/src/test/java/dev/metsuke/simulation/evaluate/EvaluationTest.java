package dev.metsuke.simulation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.simulation.incident.Incident;
import dev.metsuke.simulation.incident.Incident.Difficulty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    private static final Instant NOON = Instant.parse("2026-07-20T03:00:00Z");
    private static final int ACCOUNTS = 500;
    private static final int DAYS = 10;

    private static final Incident BURST = label("1", "burst", false, Rule.BULK_READ, "ito", 0, 10);
    private static final Incident DRIP = label("2", "slow-drip", false, Rule.BULK_READ, "abe", 0, 40_000);
    private static final Incident NIGHT = label("3", "night", false, Rule.OFF_HOURS_EXPORT, "sato", 0, 10);
    private static final Incident PEAK = label("4", "peak", true, Rule.BULK_READ, "mori", 0, 1_000);

    @Test
    void countsFoundAndMissedIncidentsByRuleAndKind() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 5, 20), 7),
                told(alert("b", Rule.OFF_HOURS_EXPORT, "sato", 0, 0), 2));

        assertThat(score(evaluation, Rule.BULK_READ).recall()).hasValue(0.5);
        assertThat(score(evaluation, Rule.BULK_READ).precision()).hasValue(1);
        assertThat(score(evaluation, Rule.OFF_HOURS_EXPORT).recall()).hasValue(1);
        assertThat(score(evaluation, Rule.REVOKED_ACCOUNT).recall()).isEmpty();
        assertThat(evaluation.missed()).containsExactly(DRIP);
        assertThat(evaluation.kinds())
                .extracting(KindScore::kind, KindScore::labels, KindScore::alerted)
                .containsExactly(
                        tuple("burst", 1, 1), tuple("slow-drip", 1, 0), tuple("night", 1, 1), tuple("peak", 1, 0));
    }

    @Test
    void measuresTheDelayFromTheIncidentsStartToItsFirstAlert() {
        Evaluation evaluation = evaluate(
                told(alert("b", Rule.BULK_READ, "abe", 30_000, 30_010), 30_020),
                told(alert("a", Rule.BULK_READ, "abe", 100, 200), 300),
                told(alert("c", Rule.BULK_READ, "ito", 5, 20), 7));

        Delays delays = score(evaluation, Rule.BULK_READ).delays();
        assertThat(delays.sorted()).containsExactly(Duration.ofMinutes(7), Duration.ofHours(5));
        assertThat(delays.median()).contains(Duration.ofMinutes(7));
        assertThat(delays.p95()).contains(Duration.ofHours(5));
    }

    @Test
    void doubledAlertsAreNeitherRightNorWrong() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 0, 5), 1),
                told(alert("b", Rule.BULK_READ, "ito", 6, 8), 9),
                told(alert("c", Rule.BULK_READ, "ito", 9, 12), 12));

        RuleScore score = score(evaluation, Rule.BULK_READ);
        assertThat(score.repeated()).isEqualTo(2);
        assertThat(score.found()).isEqualTo(1);
        assertThat(score.precision()).hasValue(1);
    }

    @Test
    void flaggedInnocentsAndStrangersAreFalse() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "mori", 5, 20), 7),
                told(alert("b", Rule.BULK_READ, "tanaka", 5, 20), 7),
                told(alert("c", Rule.BULK_READ, "ito", 0, 1), 7));

        RuleScore score = score(evaluation, Rule.BULK_READ);
        assertThat(score.falseAlerts()).isEqualTo(2);
        assertThat(score.precision()).hasValue(1 / 3.0);
        assertThat(evaluation.wrong()).extracting(Evaluation.Wrong::innocent).containsExactly(PEAK, null);
        assertThat(evaluation.perThousandAccountsADay(evaluation.falseAlerts())).isEqualTo(2 * 1000.0 / 500 / 10);
        assertThat(evaluation.kinds())
                .filteredOn(KindScore::isInnocent)
                .singleElement()
                .extracting(KindScore::alerted)
                .isEqualTo(1);
    }

    @Test
    void anAlertOutsideTheIncidentsTimeIsFalse() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", -20, -1), 0),
                told(alert("b", Rule.BULK_READ, "ito", 11, 20), 30));

        assertThat(score(evaluation, Rule.BULK_READ).falseAlerts()).isEqualTo(2);
        assertThat(evaluation.missed()).contains(BURST);
    }

    @Test
    void anotherRulesAlertDuringAnIncidentStandsBeside() {
        Evaluation evaluation = evaluate(told(alert("a", Rule.BULK_READ, "sato", 5, 6), 7));

        assertThat(score(evaluation, Rule.BULK_READ).beside()).isEqualTo(1);
        assertThat(evaluation.falseAlerts()).isZero();
        assertThat(evaluation.missed()).contains(NIGHT);
    }

    @Test
    void anotherRulesAlertDuringAnInnocentPeakIsFalseButNotThePeaks() {
        Evaluation evaluation = evaluate(told(alert("a", Rule.OFF_HOURS_EXPORT, "mori", 5, 6), 7));

        assertThat(evaluation.wrong()).extracting(Evaluation.Wrong::innocent).containsExactly((Incident) null);
    }

    @Test
    void withdrawnAlertsFindNothingAndAccuseNobody() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 0, 1).withdrawn("corrected"), 1),
                told(alert("b", Rule.BULK_READ, "mori", 0, 1).withdrawn("corrected"), 1));

        assertThat(evaluation.missed()).contains(BURST);
        assertThat(evaluation.falseAlerts()).isZero();
        assertThat(score(evaluation, Rule.BULK_READ).withdrawn()).isEqualTo(2);
    }

    @Test
    void whoeverWasToldByAnAlertThatALongerOneTookInWasTold() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 3, 5).withdrawn("taken in"), 4),
                told(alert("b", Rule.BULK_READ, "ito", 0, 9), 60));

        assertThat(score(evaluation, Rule.BULK_READ).delays().median()).contains(Duration.ofMinutes(4));
    }

    @Test
    void missesBarsOnlyWhereRulesAreWorseThanAsked() {
        Evaluation good = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 0, 1), 1),
                told(alert("b", Rule.BULK_READ, "abe", 0, 1), 1),
                told(alert("c", Rule.OFF_HOURS_EXPORT, "sato", 0, 1), 1));
        Evaluation bad = evaluate(told(alert("b", Rule.BULK_READ, "abe", 0, 1), 1));

        assertThat(good.bars()).isNotEmpty().allMatch(Evaluation.Bar::isMet);
        assertThat(bad.bars())
                .filteredOn(bar -> !bar.isMet())
                .extracting(Evaluation.Bar::description)
                .containsExactly("bulk-read but slow-drip: recall 0.95", "off-hours-export: recall 1.0");
    }

    @Test
    void readsStatesOfAnAlertAsOneAndTellsTheLineThatIsNone(@TempDir Path folder) throws IOException {
        Alert open = alert("a", Rule.BULK_READ, "ito", 0, 1);
        String told = new String(open.toJson(), StandardCharsets.UTF_8)
                .replace("\"event\":{", "\"event\":{\"created\":\"2026-07-20T03:30:00Z\",");
        String closed =
                new String(alert("a", Rule.BULK_READ, "ito", 0, 8).closed().toJson(), StandardCharsets.UTF_8);
        Path file = Files.writeString(folder.resolve("alerts.ndjson"), told + "\n\n" + closed + "\n" + closed + "\n");
        Path broken = Files.writeString(folder.resolve("broken.ndjson"), told + "\n{\"rule\":{}}\n");

        assertThat(SeenAlert.read(file)).singleElement().satisfies(seen -> {
            assertThat(seen.told()).isEqualTo(NOON.plusSeconds(8 * 60));
            assertThat(seen.alert().state()).isEqualTo(AlertState.CLOSED);
        });
        assertThatThrownBy(() -> SeenAlert.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(broken + ":2: not an alert: ");
        assertThatThrownBy(() -> SeenAlert.read(folder.resolve("none.ndjson")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.ndjson cannot be read");
    }

    @Test
    void tellsPeopleAndProgramsTheSame() {
        Evaluation evaluation = evaluate(
                told(alert("a", Rule.BULK_READ, "ito", 5, 20), 7), told(alert("b", Rule.BULK_READ, "mori", 5, 20), 7));

        assertThat(EvaluationText.summary(evaluation))
                .containsPattern("bulk-read +2 +1 +0\\.500 +1 +0\\.500 +0 +0 +0 +0\\.200 +7m 0s +7m 0s")
                .containsPattern("peak +innocent +hard +bulk-read +1 +1 +1\\.000")
                .contains("MISSED slow-drip")
                .contains("1 false alerts: 0.200 per 1,000 accounts a day");
        assertThat(EvaluationText.mistakes(evaluation))
                .contains("missed 2 slow-drip")
                .contains("(innocent: 4 peak)");
        assertThat(EvaluationJson.of(evaluation))
                .contains("\"rule\":\"bulk-read\",\"incidents\":2,\"found\":1,\"false_alerts\":1")
                .contains("\"median_delay_seconds\":420")
                .contains("\"innocent\":\"4\"");
    }

    private static Evaluation evaluate(SeenAlert... alerts) {
        return Evaluation.of(List.of(BURST, DRIP, NIGHT, PEAK), Arrays.asList(alerts), ACCOUNTS, DAYS);
    }

    private static RuleScore score(Evaluation evaluation, Rule rule) {
        return evaluation.rules().stream()
                .filter(score -> score.rule() == rule)
                .findFirst()
                .orElseThrow();
    }

    private static Incident label(
            String id, String kind, boolean innocent, Rule rule, String account, int fromMinute, int untilMinute) {
        return new Incident(
                id,
                kind,
                Difficulty.HARD,
                innocent,
                rule,
                new AccountId(account),
                null,
                NOON.plus(Duration.ofMinutes(fromMinute)),
                NOON.plus(Duration.ofMinutes(untilMinute)),
                "");
    }

    private static SeenAlert told(Alert alert, int minute) {
        return new SeenAlert(alert, NOON.plus(Duration.ofMinutes(minute)));
    }

    private static Alert alert(String id, Rule rule, String account, int fromMinute, int untilMinute) {
        return new Alert(
                id,
                rule,
                new AccountId(account),
                "crm.customers",
                AlertState.OPEN,
                Severity.HIGH,
                NOON.plus(Duration.ofMinutes(fromMinute)),
                NOON.plus(Duration.ofMinutes(untilMinute)),
                account + " did something",
                "something",
                "nothing",
                3,
                100,
                0,
                List.of(),
                List.of(),
                Map.of(),
                "v1",
                null,
                null,
                null);
    }
}
