package dev.metsuke.console.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusEntryTest {

    @Test
    void namesMembersThatNobodyReads() throws MalformedDocumentException {
        StatusEntry entry = StatusEntry.read(json("""
            {"account": "sato", "status": "retired", "effective_at": "2026-03-31", "timezone": "UTC", "Note": "x"}
            """));

        assertThat(entry.problems()).extracting(Problem::field).containsExactly("timezone", "Note");
        assertThat(entry.problems().getFirst().describe()).contains("known are account, accounts, person");
    }

    @Test
    void refusesAMemberThatStandsThereTwice() {
        assertThatThrownBy(() -> StatusEntry.read(json("{\"account\": \"hayashi\", \"account\": \"tanaka\"}")))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("\"account\"");
    }

    @Test
    void isATrialWhereItSaysSo() throws MalformedDocumentException {
        assertThat(StatusEntry.read(json("{\"dry_run\": true}")).isTrial()).isTrue();
        assertThat(StatusEntry.read(json("{\"dry_run\": false}")).isTrial()).isFalse();
        assertThat(StatusEntry.read(json("{}")).isTrial()).isFalse();
        assertThatThrownBy(() -> StatusEntry.read(json("{\"dry_run\": \"yes\"}")))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "department", "note", "report_id"})
    void refusesWhatIsNoText(String member) throws MalformedDocumentException {
        for (String broken : List.of("cut\\ud83d", "\\udc00", "a\\u0000b", "\\u001b[1mbold")) {
            assertThat(problems(member, broken)).extracting(Problem::field).containsExactly(member);
        }
        assertThat(problems(member, "髙橋\\ud83d\\ude00")).isEmpty();
    }

    private static List<Problem> problems(String member, String value) throws MalformedDocumentException {
        String others = member.equals("account") ? "" : "\"account\": \"sato\", ";
        StatusEntry entry = StatusEntry.read(json("{" + others
                + "\"status\": \"retired\", \"effective_at\": \"2026-03-31\", \"" + member + "\": \"" + value + "\"}"));
        return entry.named()
                .getFirst()
                .check(new StatusDraft.Circumstances("hr", Instant.parse("2026-04-01T00:00:00Z"), ZoneOffset.UTC))
                .problems();
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }
}
