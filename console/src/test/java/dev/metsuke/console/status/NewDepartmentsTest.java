package dev.metsuke.console.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.person.KnownNames.Stranger;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewDepartmentsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final List<DirectoryEntry> DIRECTORY =
            List.of(new DirectoryEntry(new AccountId("mori"), null, null, null, "Logistics", null, null, null));

    @Test
    void areUnknownWhereNeitherThePolicyNorTheDirectoryHasThem() {
        List<StatusReport> reports = List.of(
                report(Status.TRANSFERRED, "Sales"),
                report(Status.TRANSFERRED, "Logistics"),
                report(Status.TRANSFERRED, "LOGISTICS"),
                report(Status.TRANSFERRED, "Salse"),
                report(Status.TRANSFERRED, "Salse"),
                report(Status.RETIRED, null));

        assertThat(NewDepartments.unknown(reports, Set.of("Sales"), DIRECTORY))
                .containsExactly(new Stranger("LOGISTICS", "Logistics"), new Stranger("Salse", null));
    }

    @Test
    void areNotUnknownWhereNobodyToldOfAnyDepartment() {
        assertThat(NewDepartments.unknown(List.of(report(Status.TRANSFERRED, "Sales")), Set.of(), List.of()))
                .isEmpty();
    }

    private static StatusReport report(Status status, @Nullable String department) {
        return new StatusReport("e1", "r1", new AccountId("sato"), status, NOW, NOW, department, null, "hr");
    }
}
