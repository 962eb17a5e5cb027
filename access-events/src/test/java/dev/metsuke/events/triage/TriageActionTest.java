package dev.metsuke.events.triage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriageActionTest {

    @Test
    void readsWhatItWrites() throws MalformedDocumentException {
        for (TriageAction action : List.of(
                SampleActions.acknowledged(1, "mori"),
                SampleActions.assigned(2, "mori", "sato"),
                SampleActions.assigned(3, "mori", null),
                SampleActions.commented(4, "sato", "本人に確認済み\n<b>電話</b>で"),
                SampleActions.resolved(5, "sato", 12),
                SampleActions.reopened(6, "mori"))) {
            assertThat(TriageAction.fromJson(action.toJson())).isEqualTo(action);
        }
    }

    @Test
    void saysWhoDidWhatAboutWhichAlertInEcs() throws MalformedDocumentException {
        JsonDocument json =
                JsonDocument.parse(SampleActions.resolved(5, "mori", 12).toJson());

        assertThat(json.text("@timestamp")).isEqualTo("2026-11-24T00:05:00Z");
        assertThat(json.text("event.action")).isEqualTo("alert-resolved");
        assertThat(json.text("user.id")).isEqualTo("yamada");
        assertThat(json.text("rule.id")).isEqualTo("bulk-read");
        assertThat(json.text("metsuke.alert.id")).isEqualTo("a17");
        assertThat(json.integer("metsuke.alert.events")).isEqualTo(12);
        assertThat(json.text("metsuke.triage.actor")).isEqualTo("mori");
        assertThat(json.text("metsuke.triage.resolution")).isEqualTo("authorised");
    }

    @Test
    void refusesWhatSaysTooLittleOrTooMuch() {
        assertRefused(TriageStep.RESOLVE, null, null, "why", "a resolution exactly when it resolves");
        assertRefused(TriageStep.RESOLVE, null, Resolution.CONFIRMED, null, "to resolve needs a comment");
        assertRefused(TriageStep.COMMENT, null, null, null, "to comment needs a comment");
        assertRefused(TriageStep.COMMENT, null, null, " ", "needs words");
        assertRefused(TriageStep.COMMENT, null, null, "a".repeat(4_001), "4000 characters at most");
        assertRefused(TriageStep.REOPEN, null, Resolution.CONFIRMED, null, "a resolution exactly when it resolves");
        assertRefused(TriageStep.REOPEN, "sato", null, null, "only an acknowledgement or an assignment");
        assertRefused(TriageStep.ACKNOWLEDGE, null, null, null, "needs an assignee");
        assertRefused(TriageStep.ASSIGN, "a".repeat(257), null, null, "256 characters at most");
    }

    @Test
    void namesTheFieldThatNobodyKnows() {
        String json = new String(SampleActions.resolved(5, "mori", 12).toJson(), UTF_8);

        assertMalformed(
                json.replace("\"action\":\"resolve\"", "\"action\":\"solve\""), "metsuke.triage.action is solve");
        assertMalformed(json.replace("authorised", "allowed"), "metsuke.triage.resolution is allowed");
        assertMalformed(json.replace("\"events\":12", "\"events\":-1"), "cannot count -1 accesses");
        assertMalformed(json.replace("\"actor\":\"mori\",", ""), "no metsuke.triage.actor");
    }

    private static void assertMalformed(String json, String reason) {
        assertThatThrownBy(() -> TriageAction.fromJson(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining(reason);
    }

    private static void assertRefused(
            TriageStep step,
            @Nullable String assignee,
            @Nullable Resolution resolution,
            @Nullable String comment,
            String reason) {
        assertThatThrownBy(() -> SampleActions.action(1, step, "mori", 12, assignee, resolution, comment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
