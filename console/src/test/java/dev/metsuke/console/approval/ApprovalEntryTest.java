package dev.metsuke.console.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalEntryTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Instant NOW = Instant.parse("2026-07-31T00:00:00Z");

    @Test
    void isTheSameApprovalAsTheRowOfAFileThatSaysSo() throws Exception {
        ApprovalsCsv csv = ApprovalsCsv.read("""
            account,dataset,from,until,max_records,ticket,note
            tanaka,crm.customers,2026-08-01 09:00,2026-08-02,200,EXP-1,mailing
            """.getBytes(StandardCharsets.UTF_8), "mori", NOW, TOKYO);

        for (String people : List.of("200", "\" ２００ \"")) {
            ApprovalDraft.Checked one = check("""
                {"account": " tanaka", "dataset": "crm.customers", "from": "2026-08-01 09:00", "until": "2026-08-02",
                 "max_records": %s, "ticket": "EXP-1", "note": "mailing", "approval_id": ""}
                """.formatted(people));

            assertThat(one.problems()).isEmpty();
            assertThat(one.approval().stream().toList()).isEqualTo(csv.approvals());
        }
    }

    @Test
    void saysAllThatIsWrongByField() throws Exception {
        assertThat(check("{\"until\": \"2026-02-31\", \"max_records\": -1}").problems())
                .extracting(Problem::describe)
                .satisfiesExactly(
                        account -> assertThat(account).isEqualTo("account: is missing"),
                        dataset -> assertThat(dataset).isEqualTo("dataset: is missing"),
                        from -> assertThat(from).isEqualTo("from: is missing"),
                        ticket -> assertThat(ticket).isEqualTo("ticket: is missing"),
                        until -> assertThat(until).isEqualTo("until: is “2026-02-31”; there is no such day"),
                        people -> assertThat(people).startsWith("max_records: is “-1”"));
        assertThat(check("{\"account\": \"ta\u200bnaka\"}").problems())
                .extracting(Problem::describe)
                .contains(
                        "account: has the character U+200B, which cannot be seen or looks like a blank; write it anew");
        assertThat(ApprovalEntry.read("{\"people\": 3}".getBytes(StandardCharsets.UTF_8))
                        .problems())
                .extracting(Problem::field)
                .containsExactly("people");
        assertThatThrownBy(() -> check("{\"account\": [\"tanaka\"]}")).isInstanceOf(MalformedDocumentException.class);
    }

    /** Whoever fills in a form means it now; a file that is sent again may be an old one. */
    @Test
    void approvesAnewWhatWasTakenBackWhereThatIsMeant() throws Exception {
        KnownApprovals known = new KnownApprovals();
        String words = """
            {"account": "tanaka", "dataset": "crm.customers", "from": "2026-08-01", "until": "2026-08-02",
             "max_records": %d, "ticket": "EXP-1", "approval_id": "A"%s}
            """;
        known.news(check(words.formatted(200, "")).approval().stream().toList(), NOW);
        known.news(check(words.formatted(0, "")).approval().stream().toList(), NOW);
        List<ExportApproval> again =
                check(words.formatted(200, "")).approval().stream().toList();
        List<ExportApproval> anew = check(words.formatted(200, ", \"anew\": true")).approval().stream()
                .toList();

        assertThat(known.replaced(again)).hasSize(1);
        assertThat(known.news(again, NOW)).isEmpty();
        assertThat(known.replaced(anew)).isEmpty();
        assertThat(known.news(anew, NOW)).hasSize(1);
        assertThat(known.all())
                .singleElement()
                .satisfies(approval -> assertThat(approval.takenBack()).isNull());
    }

    private static ApprovalDraft.Checked check(String json) throws MalformedDocumentException {
        ApprovalEntry entry = ApprovalEntry.read(json.getBytes(StandardCharsets.UTF_8));
        return entry.draft().check(new ApprovalDraft.Circumstances("mori", NOW, TOKYO, entry.isAnew()));
    }
}
