package dev.metsuke.console.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCsvTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:30:00Z");
    private static final StatusDraft.Circumstances TOKYO =
            new StatusDraft.Circumstances("hr-1", NOW, ZoneId.of("Asia/Tokyo"));
    private static final String GOOD = """
        account,status,effective_at,reported_at,department,note
        sato,retired,2026-03-31,,,定年退職
        kato,transferred,2026-04-01 09:00,2026-03-25 10:00,営業二課,
        """;

    @Test
    void readsRowsInTheReportersZone() {
        StatusCsv csv = read(GOOD);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports()).hasSize(2);
        StatusReport sato = csv.reports().getFirst();
        assertThat(sato.account().value()).isEqualTo("sato");
        assertThat(sato.status()).isEqualTo(Status.RETIRED);
        assertThat(sato.effectiveAt()).isEqualTo("2026-03-30T15:00:00Z");
        assertThat(sato.reportedAt()).isEqualTo(NOW);
        assertThat(sato.note()).isEqualTo("定年退職");
        assertThat(sato.reportedBy()).isEqualTo("hr-1");
        assertThat(csv.reports().getLast().effectiveAt()).isEqualTo("2026-04-01T00:00:00Z");
        assertThat(csv.reports().getLast().reportedAt()).isEqualTo("2026-03-25T01:00:00Z");
        assertThat(csv.reports().getLast().department()).isEqualTo("営業二課");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-31j", "UTF-16"})
    void readsWhatSpreadsheetsWrite(String encoding) {
        // The first name's 髙 and the circled digit are in Windows' Shift_JIS only.
        String text = "account,status,effective_at,note\r\ntakahashi,suspended,2026/4/1 8:05,髙橋①の件\r\n";

        StatusCsv csv = StatusCsv.read(text.getBytes(Charset.forName(encoding)), TOKYO);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports().getFirst().note()).isEqualTo("髙橋①の件");
        assertThat(csv.reports().getFirst().effectiveAt()).isEqualTo("2026-03-31T23:05:00Z");
    }

    @Test
    void looksForNoMoreBehindManyProblems() {
        StatusCsv csv = read("account,status,effective_at\n" + "sato,left,yesterday\n".repeat(10_000));

        assertThat(csv.problems()).hasSize(1_001);
        assertThat(csv.problems().getLast().describe())
                .isEqualTo("line 502: and more behind this line; mend these first");
    }

    @Test
    void readsPastAByteOrderMark() {
        StatusCsv csv = read("\uFEFF" + GOOD);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports()).hasSize(2);
    }

    @Test
    void takesColumnsInAnyOrderAndSpelling() {
        StatusCsv csv = read("Effective At , STATUS,account\n2026-03-31T18:00:00+09:00,reinstated, ito \n");

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports().getFirst().account().value()).isEqualTo("ito");
        assertThat(csv.reports().getFirst().effectiveAt()).isEqualTo("2026-03-31T09:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Retired, RETIRED",
        "CONTRACT-ENDED, CONTRACT_ENDED",
        "contract ended, CONTRACT_ENDED",
        "ｒｅｔｉｒｅｄ, RETIRED",
        "退職, RETIRED",
        "休職, SUSPENDED",
        "復職, REINSTATED",
        "契約終了, CONTRACT_ENDED",
        "taken back, TAKEN_BACK",
        "取消, TAKEN_BACK"
    })
    void takesStatusesInAnyCaseAndInJapanese(String written, Status meant) {
        StatusCsv csv = read("アカウント,状態,発効日,報告番号\nsato," + written + ",2026年3月31日,r1\n");

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports()).extracting(StatusReport::status).containsExactly(meant);
        assertThat(csv.reports().getFirst().effectiveAt()).isEqualTo("2026-03-30T15:00:00Z");
    }

    @Test
    void reportsEveryBadRowWithItsLineAndReason() {
        StatusCsv csv = read("""
            account,status,effective_at,department
            sato,retired,2026-03-31,

            ,fired,yesterday,
            "a
            b",retired,2026-02-30,
            kato,transferred,2026-04-01,
            mori,retired,2206-03-31,
            short,retired
            """);

        assertThat(csv.reports()).extracting(report -> report.account().value()).containsExactly("sato");
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("line 4, account: is missing"),
                        second -> assertThat(second).startsWith("line 4, status: is “fired”; it can be retired"),
                        third -> assertThat(third).startsWith("line 4, effective_at: is “yesterday”; write 2026-03-31"),
                        fourth -> assertThat(fourth).isEqualTo("line 5, account: has control characters"),
                        fifth -> assertThat(fifth)
                                .isEqualTo("line 5, effective_at: is “2026-02-30”; there is no such day"),
                        sixth -> assertThat(sixth).isEqualTo("line 7, department: a transfer needs the new department"),
                        seventh -> assertThat(seventh).startsWith("line 8, effective_at: is 2206-03-31"),
                        eighth -> assertThat(eighth)
                                .isEqualTo("line 9: has 2 cells where the first line names 4 columns"));
    }

    @Test
    void namesColumnsThatAreMissingUnknownOrTwice() {
        StatusCsv csv = read("account,account,stauts\nsato,sato,retired\n");

        assertThat(csv.reports()).isEmpty();
        assertThat(csv.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("account", "stauts", "effective_at", "status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "\uFEFF"})
    void saysWhatAnEmptyFileLacks(String text) {
        assertThat(read(text).problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 1: the file is empty; its first line names the columns: account,status,effective_at");
    }

    @Test
    void refusesWhatIsNoText() {
        StatusCsv csv = StatusCsv.read(new byte[] {'P', 'K', 3, 4, 0, 0, (byte) 0xFF, 0}, TOKYO);

        assertThat(csv.problems())
                .extracting(Problem::message)
                .first()
                .asString()
                .contains("CSV UTF-8");
    }

    @Test
    void reportsTheAccountThatIsMeantWhateverIsHiddenAroundIt() {
        StatusCsv csv = read("account,status,effective_at\u00a0\n"
                + "sato\u00a0,retired,2026-03-31\u200b\n"
                + "sa\u200bto,retired,2026-03-31\n");

        assertThat(csv.reports()).extracting(report -> report.account().value()).containsExactly("sato");
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 3, account: has the character U+200B, which cannot be seen or looks like a blank;"
                                + " write it anew");
    }

    @Test
    void saysWhereAQuoteIsNotClosed() {
        StatusCsv csv = read("account,status,effective_at\nsato,retired,2026-03-31\n\"kato,retired,2026-03-31\n");

        assertThat(csv.reports()).hasSize(1);
        assertThat(csv.problems()).hasSize(1);
        assertThat(csv.problems().getFirst().describe()).startsWith("line 3: not CSV from here on");
    }

    @Test
    void givesTheSameRowTheSameIdsWhenever() {
        StatusCsv today = read(GOOD);
        StatusCsv tomorrow = StatusCsv.read(
                GOOD.getBytes(StandardCharsets.UTF_8),
                new StatusDraft.Circumstances("hr-2", NOW.plusSeconds(86_400), ZoneId.of("Asia/Tokyo")));

        assertThat(tomorrow.reports())
                .extracting(StatusReport::eventId)
                .isEqualTo(today.reports().stream().map(StatusReport::eventId).toList());
        assertThat(tomorrow.reports())
                .extracting(StatusReport::reportId)
                .doesNotHaveDuplicates()
                .isEqualTo(today.reports().stream().map(StatusReport::reportId).toList());
    }

    @Test
    void refusesAReportFromBeforeItsTime() {
        StatusCsv csv = read("account,status,effective_at,reported_at\nsato,retired,2026-03-31,0026-03-31\n");

        assertThat(csv.problems()).extracting(Problem::field).containsExactly("reported_at");
    }

    @Test
    void countsARepeatedRowOnce() {
        StatusCsv csv = read("account,status,effective_at\nsato,retired,2026-03-31\nsato,retired,2026/03/31\n");

        assertThat(csv.reports()).hasSize(1);
        assertThat(csv.repeated()).isEqualTo(1);
    }

    @Test
    void keepsAReportsNameThroughACorrection() {
        StatusCsv first = read("account,status,effective_at,report_id\nsato,retired,2026-03-31,R-7\n");
        StatusCsv second = read("account,status,effective_at,report_id\nsato,retired,2026-04-30,R-7\n");

        assertThat(second.reports().getFirst().reportId()).isEqualTo("R-7");
        assertThat(second.reports().getFirst().eventId())
                .isNotEqualTo(first.reports().getFirst().eventId());
    }

    @Test
    void refusesRowsOfWhichOnlyOneCanHold() {
        StatusCsv csv = read("""
            account,status,effective_at,department,report_id
            sato,retired,2026-11-01,,
            sato,reinstated,2026/11/01,,
            sato,retired,2026-11-02,,
            kato,retired,2026-11-01,,r1
            kato,retired,2026-11-02,,r1
            suzuki,transferred,2026-11-01,Sales,
            suzuki,transferred,2026-11-01,Support,
            """);

        assertThat(csv.problems())
                .extracting(Problem::describe)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "line 3, status: line 2 says something else of “sato” from the same time on"),
                        second -> assertThat(second)
                                .startsWith("line 6, report_id: line 5 says something else under the same report_id"),
                        third ->
                                assertThat(third).startsWith("line 8, status: line 7 says something else of “suzuki”"));
    }

    @Test
    void takesBackOnlyWhatIsNamedAndLetsAnotherReportTakeItsPlace() {
        StatusCsv csv = read("""
            account,status,effective_at,department,report_id
            sato,taken-back,2026-04-01,,r1
            sato,transferred,2026-04-01,Sales,r2
            mori,taken-back,2026-04-01,,
            """);

        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 4, report_id: what is taken back needs the report_id of the report that it is about");
    }

    @Test
    void takesTheRowsOfATimeThatIsPlayedInTheirOrderAndByItsOwnClock() {
        String file = """
            account,status,effective_at,reported_at
            sato,retired,2026-03-01,
            sato,reinstated,2026-03-01,
            mori,retired,2027-03-01,2027-03-02
            """;
        StatusDraft.Circumstances played = new StatusDraft.Circumstances("hr-1", NOW, ZoneId.of("Asia/Tokyo"), true);

        StatusCsv csv = StatusCsv.read(file.getBytes(StandardCharsets.UTF_8), played);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports()).hasSize(3);
        assertThat(read(file).problems())
                .extracting(Problem::describe)
                .anyMatch(problem -> problem.startsWith("line 4, reported_at: is 2027-03-02, which is still to come"));
    }

    @Test
    void takesCorrectionsAndOneReportAboutSeveralAccounts() {
        StatusCsv csv = read("""
            account,status,effective_at,reported_at,report_id
            sato,retired,2026-11-01,2026-03-01,
            sato,suspended,2026-11-01,2026-03-02,
            kato,retired,2026-11-01,2026-03-01,r1
            kato,retired,2026-11-02,2026-03-02,r1
            mori,retired,2026-11-01,,r2
            EXAMPLE\\mori,retired,2026-11-01,,r2
            mori,retired,2026-11-01,,r2
            """);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.reports()).hasSize(6);
    }

    private static StatusCsv read(String text) {
        return StatusCsv.read(text.getBytes(StandardCharsets.UTF_8), TOKYO);
    }
}
