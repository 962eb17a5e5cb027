package dev.metsuke.events.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExportApprovalTest {

    private static final Instant FROM = Instant.parse("2026-11-24T15:00:00Z");

    @Test
    void readsWhatItWrites() throws MalformedDocumentException {
        ExportApproval approval = lasting(Duration.ofHours(3));

        assertThat(ExportApproval.fromJson(approval.toJson())).isEqualTo(approval);
    }

    /** As events do, whose dataset it must be. */
    @Test
    void namesWithoutHalfCharacters() throws MalformedDocumentException {
        String json = new String(lasting(Duration.ofHours(3)).toJson(), StandardCharsets.UTF_8)
                .replace("crm.customers", "crm\\ud800")
                .replace("\"a1\"", "\"a\\ud800\"");

        ExportApproval approval = ExportApproval.fromJson(json.getBytes(StandardCharsets.UTF_8));

        assertThat(approval.dataset()).isEqualTo("crm\ufffd");
        assertThat(approval.approvalId()).isEqualTo("a\ufffd");
    }

    @Test
    void coversFromItsStartUntilBeforeItsEnd() {
        ExportApproval approval = lasting(Duration.ofHours(3));

        assertThat(approval.covers(FROM.minusMillis(1))).isFalse();
        assertThat(approval.covers(FROM)).isTrue();
        assertThat(approval.covers(FROM.plus(Duration.ofHours(3)))).isFalse();
    }

    @Test
    void oneThatWasTakenBackCoversNothing() {
        assertThat(lasting(Duration.ZERO).covers(FROM)).isFalse();
    }

    @Test
    void lastsAMonthAtMost() {
        assertThatThrownBy(() -> lasting(ExportApproval.LONGEST.plusNanos(1))).hasMessageContaining("31 days at most");
    }

    @Test
    void needsANumberOfPeople() {
        String json = new String(lasting(Duration.ofHours(3)).toJson(), StandardCharsets.UTF_8)
                .replace("\"max_records\":20000", "\"max_records\":-1");

        assertThatThrownBy(() -> ExportApproval.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("-1 people");
    }

    private static ExportApproval lasting(Duration time) {
        return new ExportApproval(
                "e1",
                "a1",
                new AccountId("tanaka"),
                "crm.customers",
                FROM,
                FROM.plus(time),
                20_000,
                "CHG-17",
                FROM.minusSeconds(3_600),
                "mori",
                "quarterly mailing");
    }
}
