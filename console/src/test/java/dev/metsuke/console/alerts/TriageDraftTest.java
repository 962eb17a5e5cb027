package dev.metsuke.console.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.triage.Resolution;
import dev.metsuke.events.triage.TriageStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriageDraftTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void whoNamesNobodyTakesItThemselves() throws MalformedDocumentException {
        assertThat(read("{\"action\": \"acknowledge\"}"))
                .get()
                .extracting(TriageDraft::assignee)
                .isEqualTo("mori");
        assertThat(read("{\"action\": \"acknowledge\", \"assignee\": \"sato\"}"))
                .get()
                .extracting(TriageDraft::assignee)
                .isEqualTo("sato");
        assertThat(read("{\"action\": \"assign\"}"))
                .get()
                .extracting(TriageDraft::assignee)
                .isNull();
    }

    @Test
    void readsAResolution() throws MalformedDocumentException {
        assertThat(read("{\"action\": \"resolve\", \"resolution\": \"false-positive\", \"comment\": \" a test \","
                        + " \"events\": 12, \"after\": \"\"}"))
                .contains(new TriageDraft(
                        TriageStep.RESOLVE, null, Resolution.FALSE_POSITIVE, "a test", new AlertSight(12L, null, "")));
    }

    @Test
    void takesAReasonThatNobodyCanSeeForNone() throws MalformedDocumentException {
        assertWrong(
                "{\"action\": \"resolve\", \"resolution\": \"confirmed\", \"comment\": \"\u00a0\u200b\"}",
                "comment: say why, in free words");
    }

    @Test
    void namesEverythingThatIsWrongByItsField() throws MalformedDocumentException {
        assertWrong("{}", "action: is missing; it can be acknowledge, assign, comment, resolve, reopen");
        assertWrong(
                "{\"action\": \"resolve\", \"resolution\": \"fine\"}",
                "resolution: is “fine”; it can be confirmed, authorised, false-positive",
                "comment: say why, in free words");
        assertWrong("{\"action\": \"comment\", \"comment\": \" \"}", "comment: say why, in free words");
        assertWrong(
                "{\"action\": \"comment\", \"comment\": \"" + "長".repeat(4_001) + "\"}",
                "comment: has 4,001 characters; at most 4,000 are taken");
        assertWrong("{\"action\": \"assign\", \"assignee\": \"hanako\"}", "assignee: no officer has the name “hanako”");
        assertWrong(
                "{\"action\": \"reopen\", \"assignee\": \"sato\", \"resolution\": \"confirmed\"}",
                "resolution: goes with the action resolve only",
                "assignee: goes with the actions acknowledge and assign only");
        assertWrong(
                "{\"action\": \"reopen\", \"events\": -1, \"severity\": \"severe\"}",
                "events: is -1; it must be a number of accesses",
                "severity: is “severe”; it can be low, medium, high, critical");
        assertWrong(
                "{\"action\": \"acknowledge\", \"dry_run\": true}",
                "dry_run: is not known here; known are action, assignee, resolution, comment, events, severity, after");
        assertWrong(
                "{\"action\": \"comment\", \"comment\": \"cut\\ud83d\"}",
                "comment: has half a character: it was cut in the middle of one");
        assertWrong("{\"action\": \"comment\", \"comment\": \"\\u001b[1m\"}", "comment: has control characters");
    }

    private void assertWrong(String body, String... expected) throws MalformedDocumentException {
        problems.clear();
        assertThat(read(body)).isEmpty();
        assertThat(problems.stream().map(Problem::describe)).containsExactly(expected);
    }

    private Optional<TriageDraft> read(String body) throws MalformedDocumentException {
        return TriageDraft.read(
                JsonDocument.parse(body.getBytes(UTF_8)), "mori", List.of("mori", "sato")::contains, problems);
    }
}
