package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransferNoticeTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Policy POLICY = SettingsFile.of(
                    "policy: {revoked: {scope: {orders: [Sales]}}}", "test", Path.of("/"))
            .section("policy", Policy.class);
    private static final List<DirectoryEntry> DIRECTORY =
            List.of(new DirectoryEntry(new AccountId("mori"), null, null, null, "Logistics", null, null, null));

    @Test
    void tellsOfDepartmentsThatNeitherThePolicyNorTheDirectoryKnows() {
        List<StatusReport> reports = List.of(
                report(Status.TRANSFERRED, "Sales"),
                report(Status.TRANSFERRED, "Logistics"),
                report(Status.TRANSFERRED, "LOGISTICS"),
                report(Status.TRANSFERRED, "Salse"),
                report(Status.TRANSFERRED, "Salse"),
                report(Status.RETIRED, null));

        assertThat(TransferNotice.line(reports, POLICY, DIRECTORY))
                .contains("transferred to departments that neither the policy nor the directory knows: LOGISTICS (is"
                        + " Logistics meant?), Salse; every dataset is outside of them");
    }

    @Test
    void tellsOfTheDirectoryAloneWhereNobodyHereKnowsThePolicy() {
        assertThat(TransferNotice.line(List.of(report(Status.TRANSFERRED, "Sales")), null, DIRECTORY))
                .contains("transferred to departments that the directory does not know: Sales; every dataset is outside"
                        + " of those that the policy's scope does not name");
    }

    @Test
    void saysNothingWhereOneOfThemKnowsEach() {
        List<StatusReport> reports =
                List.of(report(Status.TRANSFERRED, "Sales"), report(Status.TRANSFERRED, "Logistics"));

        assertThat(TransferNotice.line(reports, POLICY, DIRECTORY)).isEmpty();
    }

    @Test
    void saysNothingWhereNobodyToldOfAnyDepartment() {
        assertThat(TransferNotice.line(List.of(report(Status.TRANSFERRED, "Sales")), null, List.of()))
                .isEmpty();
    }

    private static StatusReport report(Status status, @Nullable String department) {
        return new StatusReport("e1", "r1", new AccountId("sato"), status, NOW, NOW, department, null, "hr");
    }
}
