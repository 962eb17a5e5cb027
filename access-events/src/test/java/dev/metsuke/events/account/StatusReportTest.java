package dev.metsuke.events.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusReportTest {

    @Test
    void comesBackAsItWas() throws MalformedDocumentException {
        StatusReport retired = report(Status.RETIRED, null);
        StatusReport transferred = report(Status.TRANSFERRED, "Finance");

        assertThat(StatusReport.fromJson(retired.toJson())).isEqualTo(retired);
        assertThat(StatusReport.fromJson(transferred.toJson())).isEqualTo(transferred);
    }

    @Test
    void aTransferNeedsItsDepartment() {
        assertThatThrownBy(() -> report(Status.TRANSFERRED, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a transfer needs the new department");
    }

    @Test
    void namesAStatusThatNobodyKnows() {
        String json = new String(report(Status.RETIRED, null).toJson(), StandardCharsets.UTF_8)
                .replace("\"retired\"", "\"promoted\"");

        assertThatThrownBy(() -> StatusReport.fromJson(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessage("metsuke.status.type is promoted; it can be"
                        + " retired, transferred, suspended, contract-ended, reinstated, taken-back");
    }

    @Test
    void directoryEntryComesBackAsItWas() throws MalformedDocumentException {
        DirectoryEntry full = new DirectoryEntry(
                new AccountId("sato"),
                "1007",
                "\u4f50\u85e4 \u5065",
                "sato@example.jp",
                "Sales",
                "contract",
                "office",
                Instant.parse("2027-03-31T15:00:00Z"));
        DirectoryEntry bare = new DirectoryEntry(new AccountId("batch"), null, null, null, null, null, null, null);

        assertThat(DirectoryEntry.fromJson(full.toJson())).isEqualTo(full);
        assertThat(DirectoryEntry.fromJson(full.toJson("mori"))).isEqualTo(full);
        assertThat(JsonDocument.parse(full.toJson("mori")).text("metsuke.directory.changed_by"))
                .isEqualTo("mori");
        assertThat(DirectoryEntry.fromJson(bare.toJson())).isEqualTo(bare);
    }

    private static StatusReport report(Status status, @Nullable String department) {
        return new StatusReport(
                "e1",
                "r1",
                new AccountId("sato"),
                status,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-11-20T03:00:00Z"),
                department,
                null,
                "hr-clerk",
                "1007");
    }
}
