package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.find.PersonsReader;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReaderTableTest {

    private static final AccountId SATO = new AccountId("sato");
    private static final PersonsReader READER = new PersonsReader(
            SATO,
            1_200,
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-11-24T01:00:00Z"),
            Map.of("read", 1_200L),
            Map.of("crm.customers", 1_150L),
            50);
    private static final ReaderTable KNOWN = new ReaderTable(
            ZoneId.of("Asia/Tokyo"),
            account -> account.equals(SATO)
                    ? new DirectoryEntry(SATO, "1003", "佐藤 \u001b[2J", null, "Sales", null, null, null)
                    : null);
    private static final ReaderTable UNKNOWN = new ReaderTable(ZoneId.of("Asia/Tokyo"), _ -> null);

    @Test
    void tellsWhoTheAccountIsAndHidesControlCharacters() {
        assertThat(KNOWN.row(READER))
                .startsWith("sato ")
                .containsSubsequence(
                        "佐藤 ␣[2J, Sales",
                        "1,200",
                        "2026-11-01 09:00:00 +09:00",
                        "2026-11-24 10:00:00 +09:00",
                        "read 1,200",
                        "crm.customers 1,150, others 50");
        assertThat(UNKNOWN.row(READER)).containsSubsequence("sato", " - ", "1,200");
    }

    @Test
    void writesWhatIsKnownAsJson() {
        assertThat(KNOWN.json(READER))
                .contains("\"department\":\"Sales\"", "\"person\":\"1003\"", "\"further_datasets\":50");
        assertThat(UNKNOWN.json(READER)).doesNotContain("department").contains("\"accesses\":1200");
    }

    @Test
    void saysWhatCannotBeKnown() {
        assertThat(ReaderTable.summary(List.of("p:12", "C-1"), true, 3, 1_200, 45))
                .containsExactly(
                        "3 accounts, 1,200 accesses that name this person (as p:12, C-1)",
                        "45 other accesses of that time do not say whose data was touched (the logs name no people):"
                                + " whether this person's was among it is unknown");
        assertThat(ReaderTable.summary(List.of("C-1"), true, 1, 1, 1))
                .containsExactly(
                        "1 account, 1 access that names this person (as C-1)",
                        "1 other access of that time does not say whose data was touched (the logs name no people):"
                                + " whether this person's was among it is unknown");
        assertThat(ReaderTable.summary(List.of("C-1"), false, 0, 0, 0).getLast())
                .contains("--key-file");
    }
}
