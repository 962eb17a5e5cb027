package dev.metsuke.console.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.language.Language;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ApprovalsCsvTest {

    @Test
    void readsApprovalsThroughTheirLastDay() {
        ApprovalsCsv csv = read("""
            account,dataset,from,until,max_records,ticket
            tanaka,crm.customers,2026-08-01 09:00,2026-08-02,200,EXP-1
            """);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.approvals()).singleElement().satisfies(approval -> {
            assertThat(approval.account().value()).isEqualTo("tanaka");
            assertThat(approval.from()).isEqualTo(Instant.parse("2026-08-01T00:00:00Z"));
            assertThat(approval.until()).isEqualTo(Instant.parse("2026-08-02T15:00:00Z"));
            assertThat(approval.maxRecords()).isEqualTo(200);
            assertThat(approval.approvedAt()).isEqualTo(approval.from());
        });
    }

    @Test
    void countsTheSameRowOnceAndALaterWordOfTheSameApprovalAnew() {
        ApprovalsCsv csv = read("""
            account,dataset,from,until,max_records,ticket,approval_id
            tanaka,crm.customers,2026-08-01,2026-08-02,200,EXP-1,A
            tanaka,crm.customers,2026-08-01,2026-08-02,200,EXP-1,A
            tanaka,crm.customers,2026-08-01,2026-08-02,300,EXP-1,A
            """);

        assertThat(csv.problems()).isEmpty();

        assertThat(csv.approvals())
                .hasSize(2)
                .extracting(ExportApproval::approvalId)
                .containsOnly("A");
    }

    @Test
    void looksForNoMoreBehindManyProblems() {
        assertThat(read("account,dataset,from,until,max_records,ticket\n" + "sato,,,,,\n".repeat(5_000))
                        .problems())
                .hasSizeBetween(1_001, 1_010);
    }

    @Test
    void namesEveryProblemWithItsLineAndColumn() {
        ApprovalsCsv csv = read("""
            account,dataset,from,until,max_records,ticket
            tanaka,crm.customers,soon,2026-08-02,200,EXP-1
            tanaka,,2026-08-03,2026-08-02,-1,EXP-2
            tanaka,crm.customers,2026-01-01,2026-08-02,200,EXP-3
            """);

        assertThat(csv.approvals()).isEmpty();
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 2, from: is “soon”; write 2026-03-31"),
                        second -> assertThat(second).isEqualTo("line 3, dataset: is missing"),
                        third -> assertThat(third).startsWith("line 3, max_records: is “-1”"),
                        fourth -> assertThat(fourth).isEqualTo("line 3, until: is not after from"),
                        fifth -> assertThat(fifth)
                                .isEqualTo("line 4, until: is too late: an approval lasts 31 days at most; write"
                                        + " several"));
    }

    /** The clocks go back on 1 November. */
    @Test
    void takesAMonthInWhichSummerTimeEnds() {
        ApprovalsCsv csv =
                ApprovalsCsv.read("""
                    account,dataset,from,until,max_records,ticket
                    tanaka,crm.customers,2026-10-15,2026-11-14,200,EXP-1
                    tanaka,crm.orders,2026-10-15,2026-11-15,200,EXP-2
                    """.getBytes(StandardCharsets.UTF_8), "mori", ZoneId.of("America/New_York"));

        assertThat(csv.approvals()).extracting(ExportApproval::dataset).containsExactly("crm.customers");
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .singleElement()
                .asString()
                .startsWith("line 3, until: is too late");
    }

    @Test
    void saysWhatIsWrongInJapaneseToo() {
        ApprovalsCsv csv = read("""
            アカウント,データセット,開始日,終了日,最大件数,申請番号,承認日
            tanaka,crm.customers,2026-08-03,2026-08-02,二百,EXP-1,
            tanaka,crm.customers,2026-08-01,2026-09-01,0,EXP-1,
            tanaka,crm.customers,2026-08-01,2026-08-02,1,EXP-1,2099-01-01
            """, Instant.parse("2026-07-31T00:00:00Z"));

        assertThat(csv.problems())
                .extracting(problem -> problem.in(Language.JAPANESE))
                .containsExactly(
                        "2行目の最大件数：「二百」は件数として読み取れません。データを持ち出せる人数の上限を、200 のように入力してください。",
                        "2行目の終了日：開始日より後を指定してください。",
                        "3行目の最大件数：0は承認の取り消しを表します。取り消す承認を承認番号で指定するか、コンソールの一覧で取り消してください。",
                        "3行目の終了日：期間が長すぎます。1件の承認は最長31日です。期間を分けて承認してください。",
                        "4行目の承認日：「2099-01-01」は未来の日時です。");
    }

    @Test
    void holdsForThirtyOneDaysAndNotAMinuteLonger() {
        String row = "account,dataset,from,until,max_records,ticket\ntanaka,crm.customers,2026-08-01,%s,200,EXP-1\n";

        assertThat(read(row.formatted("2026-08-31")).problems()).isEmpty();
        assertThat(read(row.formatted("2026-09-01 00:00")).problems()).isEmpty();
        assertThat(read(row.formatted("2026-09-01 00:01")).problems()).hasSize(1);
    }

    @Test
    void refusesAnApprovalOfTimesInWhichThereWereNone() {
        ApprovalsCsv csv = read("""
            account,dataset,from,until,max_records,ticket
            tanaka,crm.customers,0026-08-01,0026-08-02,200,EXP-1
            """);

        assertThat(csv.approvals()).isEmpty();
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 2, from: is 0026-08-01, before 1990: a slip of the pen?",
                        "line 2, until: is 0026-08-02, before 1990: a slip of the pen?");
    }

    @Test
    void refusesTwoWordsOfTheSameApprovalAtTheSameTime() {
        Instant now = Instant.parse("2026-07-31T00:00:00Z");
        String columns = "account,dataset,from,until,max_records,ticket,approval_id,approved_at\n";
        String row = "tanaka,crm.customers,2026-08-01,2026-08-02,%s,EXP-1,A,%s\n";

        assertThat(read(columns + row.formatted(100, "") + row.formatted(0, ""), now)
                        .problems())
                .singleElement()
                .extracting(Problem::describe)
                .asString()
                .startsWith("line 3, approval_id: line 2 says something else of the same approval");
        assertThat(read(columns + row.formatted(100, "2026-07-01") + row.formatted(0, "2026-07-02"), now)
                        .problems())
                .isEmpty();
    }

    @Test
    void refusesToTakeBackAnApprovalThatIsNotNamed() {
        ApprovalsCsv csv = read("""
            account,dataset,from,until,max_records,ticket
            tanaka,crm.customers,2026-08-01,2026-08-02,0,EXP-1
            """);

        assertThat(csv.approvals()).isEmpty();
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 2, max_records: is 0, which takes an approval back: name it by approval_id, or take it"
                                + " back in the list of the console");
    }

    @Test
    void refusesNamesInWhichSomethingIsHidden() {
        ApprovalsCsv csv = read("account,dataset,from,until,max_records,ticket\n"
                + "tanaka,crm.\u200bcustomers,2026-08-01,2026-08-02,200,EXP-1\n"
                + "\"tana\nka\",crm.customers,2026-08-01,2026-08-02,200,EXP-1\n");

        assertThat(csv.approvals()).isEmpty();
        assertThat(csv.problems())
                .extracting(Problem::describe)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 2, dataset: has the character U+200B"),
                        second -> assertThat(second).isEqualTo("line 3, account: has control characters"));
    }

    @Test
    void refusesAnApprovalFromTimesToCome() {
        Instant now = Instant.parse("2026-07-31T00:00:00Z");
        String row = "account,dataset,from,until,max_records,ticket,approved_at\n"
                + "tanaka,crm.customers,2026-08-01,2026-08-02,200,EXP-1,";

        assertThat(read(row + "2099-01-01\n", now).problems())
                .extracting(Problem::describe)
                .containsExactly("line 2, approved_at: is 2099-01-01, which is still to come");
        assertThat(read(row + "2026-07-31\n", now).problems()).isEmpty();
    }

    private static ApprovalsCsv read(String text, Instant now) {
        return ApprovalsCsv.read(text.getBytes(StandardCharsets.UTF_8), "mori", now, ZoneId.of("Asia/Tokyo"));
    }

    private static ApprovalsCsv read(String text) {
        return ApprovalsCsv.read(text.getBytes(StandardCharsets.UTF_8), "mori", ZoneId.of("Asia/Tokyo"));
    }
}
