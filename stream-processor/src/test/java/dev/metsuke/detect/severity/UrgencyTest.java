package dev.metsuke.detect.severity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.alert.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the table. */
class UrgencyTest {

    @ParameterizedTest
    @CsvSource({
        "1001, 1000, MEDIUM",
        "2999, 1000, MEDIUM",
        "3000, 1000, HIGH",
        "9999, 1000, HIGH",
        "10000, 1000, CRITICAL",
        // A ceiling of 0 counts as 1.
        "1, 0, MEDIUM",
        "3, 0, HIGH",
        "10, 0, CRITICAL",
        "9223372036854775807, 1, CRITICAL"
    })
    void bulkReadByHowManyTimesItsLimit(long people, long limit, Severity expected) {
        assertThat(Urgency.of(new Urgency.Finding.BulkRead(people, limit))).isEqualTo(expected);
    }

    @Test
    void exportsOfUnknownSize() {
        assertThat(Urgency.of(new Urgency.Finding.UnsizedExports())).isEqualTo(Severity.MEDIUM);
    }

    @ParameterizedTest
    @CsvSource({"true, false, MEDIUM", "false, false, HIGH", "false, true, CRITICAL"})
    void stoppedAccountByWhatSucceeded(boolean isAllFailed, boolean takesDataOut, Severity expected) {
        assertThat(Urgency.of(new Urgency.Finding.StoppedAccount(isAllFailed, takesDataOut)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"false, MEDIUM", "true, HIGH"})
    void outsideTheDepartment(boolean takesDataOut, Severity expected) {
        assertThat(Urgency.of(new Urgency.Finding.OutsideDepartment(takesDataOut)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"false, false, MEDIUM", "true, false, HIGH", "false, true, HIGH", "true, true, CRITICAL"})
    void exportByWayAndAmount(boolean leavesTheHouse, boolean isMuch, Severity expected) {
        assertThat(Urgency.of(new Urgency.Finding.Export(leavesTheHouse, isMuch)))
                .isEqualTo(expected);
    }

    @Test
    void useOfAnApproval() {
        assertThat(Urgency.of(new Urgency.Finding.ApprovedExport())).isEqualTo(Severity.LOW);
    }
}
