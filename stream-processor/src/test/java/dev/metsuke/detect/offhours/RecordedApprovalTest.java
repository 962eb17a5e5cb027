package dev.metsuke.detect.offhours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordedApprovalTest {

    private static final Instant APPROVED = Instant.parse("2026-11-20T00:00:00Z");
    private static final ExportApproval APPROVAL = new ExportApproval(
            "m", "a-1", new AccountId("sato"), "crm.customers", APPROVED, APPROVED, 1, "CHG-17", APPROVED, null, null);

    @Test
    void isReadAsItWasWritten() throws MalformedDocumentException {
        RecordedApproval recorded = new RecordedApproval(APPROVAL, Instant.parse("2026-11-24T02:00:00.123Z"));

        assertThat(RecordedApproval.of(recorded.bytes())).isEqualTo(recorded);
    }

    @Test
    void ofEarlierVersionsCountsAsRecordedWhenItWasApproved() throws MalformedDocumentException {
        assertThat(RecordedApproval.of(APPROVAL.toJson())).isEqualTo(new RecordedApproval(APPROVAL, APPROVED));
    }
}
