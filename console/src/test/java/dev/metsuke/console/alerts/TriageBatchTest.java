package dev.metsuke.console.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.SampleAlerts;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.Severity;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.TriageStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriageBatchTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void doesTheSameAboutEachAsItWasSeen() throws MalformedDocumentException {
        Optional<TriageBatch> batch = read("{\"action\": \"resolve\", \"resolution\": \"authorised\", \"comment\":"
                + " \"CHG-17\", \"alerts\": [{\"id\": \"b\", \"events\": 12, \"severity\": \"high\", \"after\": \"\"},"
                + " {\"id\": \"a\"}]}");

        assertThat(problems).isEmpty();
        assertThat(batch.orElseThrow().drafts()).hasSize(2);
        assertThat(batch.get().drafts().keySet()).containsExactly("b", "a");
        assertThat(batch.get().drafts())
                .containsEntry("a", resolve(AlertSight.NONE))
                .containsEntry("b", resolve(new AlertSight(12L, Severity.HIGH, "")));
    }

    @Test
    void saysWhatIsWrongWithWhichAlert() throws MalformedDocumentException {
        assertWrong("{\"action\": \"acknowledge\"}", "alerts: is missing; it must list the alerts, each by its id");
        assertWrong(
                "{\"action\": \"acknowledge\", \"after\": \"\", \"alerts\": [{\"id\": \"a\"}, {\"events\": -1},"
                        + " {\"id\": \"a\", \"comment\": \"x\"}]}",
                "after: is not known here; known are action, assignee, resolution, comment, alerts",
                "alerts[1].events: is -1; it must be a number of accesses",
                "alerts[1].id: is missing",
                "alerts[2].comment: is not known here; known are id, events, severity, after",
                "alerts[2].id: is a, which stands there twice");
        assertWrong(
                "{\"alerts\": [{\"id\": \"a\"}]}",
                "action: is missing; it can be acknowledge, assign, comment, resolve, reopen");
    }

    @Test
    void takesTwoHundredAtOnce() throws MalformedDocumentException {
        assertThat(read(acknowledge(200)).orElseThrow().drafts()).hasSize(200);
        assertWrong(acknowledge(201), "alerts: has 201 alerts; at most 200 are taken at once");
    }

    @Test
    void leavesWhatIsWithdrawnOrGoneAsItIsAndDoesTheRest() throws MalformedDocumentException {
        Alert open = SampleAlerts.bulkRead("a", Severity.HIGH, 500);
        Alert closed = SampleAlerts.bulkRead("b", Severity.HIGH, 500).closed();
        Alert withdrawn = SampleAlerts.bulkRead("c", Severity.HIGH, 500).withdrawn("HR corrected the report");
        TriageBatch batch =
                read("{\"action\": \"acknowledge\", \"alerts\": [{\"id\": \"%s\"}, {\"id\": \"%s\"}, {\"id\": \"%s\"}, {\"id\": \"gone\"}]}"
                                .formatted(withdrawn.id(), closed.id(), open.id()))
                        .orElseThrow();
        AlertList.FoundAlerts found = new AlertList.FoundAlerts(
                Map.of(open.id(), open, closed.id(), closed, withdrawn.id(), withdrawn), Text.of("alerts.unknown-id"));

        assertThat(batch.wishes(found)).extracting(TriageWriter.Wish::alert).containsExactly(closed, open);
        assertThat(batch.refusals(found))
                .containsOnly(
                        Map.entry("gone", new TriageDecision.Refused(Text.of("alerts.unknown-id"))),
                        Map.entry(
                                withdrawn.id(),
                                new TriageDecision.Refused(Text.of("triage.is-withdrawn", "HR corrected the report"))));
    }

    private static TriageDraft resolve(AlertSight sight) {
        return new TriageDraft(TriageStep.RESOLVE, null, Resolution.AUTHORISED, "CHG-17", sight);
    }

    private static String acknowledge(int alerts) {
        return IntStream.range(0, alerts)
                .mapToObj(i -> "{\"id\": \"" + i + "\"}")
                .collect(Collectors.joining(", ", "{\"action\": \"acknowledge\", \"alerts\": [", "]}"));
    }

    private void assertWrong(String body, String... expected) throws MalformedDocumentException {
        problems.clear();
        assertThat(read(body)).isEmpty();
        assertThat(problems.stream().map(Problem::describe)).containsExactly(expected);
    }

    private Optional<TriageBatch> read(String body) throws MalformedDocumentException {
        return TriageBatch.read(JsonDocument.parse(body.getBytes(UTF_8)), "mori", "mori"::equals, problems);
    }
}
