package dev.metsuke.console.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DirectoryCsvTest {

    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Test
    void readsPeopleAndTheirContractsThroughTheLastDay() {
        String text = """
            account,person,name,email,department,employment,calendar,contract_end
            sato,P-1,佐藤花子,sato@example.jp,営業部,contract,default,2026-03-31
            batch01,,,,,batch,,
            """;

        DirectoryCsv csv = DirectoryCsv.read(text.getBytes(Charset.forName("windows-31j")), TOKYO);

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.entries())
                .containsExactly(
                        new DirectoryEntry(
                                new AccountId("sato"),
                                "P-1",
                                "佐藤花子",
                                "sato@example.jp",
                                "営業部",
                                "contract",
                                "default",
                                Instant.parse("2026-03-31T15:00:00Z")),
                        new DirectoryEntry(new AccountId("batch01"), null, null, null, null, "batch", null, null));
    }

    @Test
    void looksForNoMoreBehindManyProblems() {
        String text = "account,contract_end\n" + "sato,yesterday\n".repeat(5_000);

        assertThat(DirectoryCsv.read(text.getBytes(StandardCharsets.UTF_8), TOKYO)
                        .problems())
                .hasSize(1_001);
    }

    @Test
    void aColumnThatIsNotThereLeavesWhatIsKnownAndAnEmptyCellClearsIt() {
        Instant end = Instant.parse("2026-03-31T15:00:00Z");
        DirectoryEntry known = new DirectoryEntry(
                new AccountId("sato"), "P-1", "Sato", "sato@example.jp", "Sales", "contract", "default", end);

        assertThat(over(known, "account,department\nsato,Support\n"))
                .isEqualTo(new DirectoryEntry(
                        known.account(), "P-1", "Sato", "sato@example.jp", "Support", "contract", "default", end));
        assertThat(over(known, "account,person,contract_end\nsato,P-1,\n"))
                .isEqualTo(new DirectoryEntry(
                        known.account(), "P-1", "Sato", "sato@example.jp", "Sales", "contract", "default", null));
        assertThat(over(null, "account,department\nsato,Support\n").contractEnd())
                .isNull();
    }

    @Test
    void nothingOfAFormerHolderIsKept() {
        DirectoryEntry known = new DirectoryEntry(
                new AccountId("sato"), "P-1", "Sato", null, null, null, null, Instant.parse("2026-03-31T15:00:00Z"));

        assertThat(over(known, "account,person\nsato,P-2\n"))
                .isEqualTo(new DirectoryEntry(known.account(), "P-2", null, null, null, null, null, null));
    }

    @Test
    void takesAPersonsNumberInFullWidthForTheSame() {
        DirectoryEntry known = new DirectoryEntry(new AccountId("sato"), "１００３", "佐藤", null, null, null, null, null);

        assertThat(over(known, "account,person\nsato,１００３\n"))
                .isEqualTo(new DirectoryEntry(new AccountId("sato"), "1003", "佐藤", null, null, null, null, null));
    }

    @Test
    void tellsWhatBecomesOfTheColumnsThatItDoesNotHave() {
        DirectoryEntry sato = new DirectoryEntry(
                new AccountId("sato"), "P-1", "Sato", null, "Sales", null, null, Instant.parse("2026-03-31T15:00:00Z"));
        Function<AccountId, @Nullable DirectoryEntry> known = account -> account.equals(sato.account()) ? sato : null;
        String columns = "account,person,email,employment,calendar,contract_end\n";

        assertThat(read(columns + "sato,E-1,,,,\n").handover(known))
                .isEqualTo(new Handover(List.of(sato.account()), List.of("name", "department"), List.of()));
        assertThat(read(columns + "sato,P-1,,,,\n").handover(known))
                .isEqualTo(new Handover(List.of(), List.of(), List.of("name", "department")));
        assertThat(read(columns + "sato,E-1,,,,\nkato,E-2,,,,\n").handover(known))
                .isEqualTo(new Handover(
                        List.of(sato.account()), List.of("name", "department"), List.of("name", "department")));
    }

    private static DirectoryCsv read(String file) {
        return DirectoryCsv.read(file.getBytes(StandardCharsets.UTF_8), TOKYO);
    }

    private static DirectoryEntry over(@Nullable DirectoryEntry known, String file) {
        return DirectoryCsv.read(file.getBytes(StandardCharsets.UTF_8), TOKYO)
                .entriesOver(account -> known)
                .getFirst();
    }

    @Test
    void refusesAContractThatEndedBeforeItsTime() {
        DirectoryCsv csv = DirectoryCsv.read(
                "account,contract_end\nsato,0026-03-31\nkato,26-03-31\n".getBytes(StandardCharsets.UTF_8), TOKYO);

        assertThat(csv.entries()).isEmpty();
        assertThat(csv.problems()).extracting(Problem::field).containsExactly("contract_end", "contract_end");
    }

    @Test
    void takesAContractThatEndsInTheYear9999ForOneWithoutEnd() {
        DirectoryCsv csv = read("account,contract_end\nsato,9999/12/31\nkato,9999-12-31\nito,2099/12/31\n");

        assertThat(csv.problems()).isEmpty();
        assertThat(csv.entries())
                .extracting(DirectoryEntry::contractEnd)
                .containsExactly(null, null, Instant.parse("2099-12-31T15:00:00Z"));
    }

    @Test
    void stopsWhereAFileIsWrongAllThrough() {
        byte[] file = ("account,person\n" + "x,y,z\n".repeat(5_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(DirectoryCsv.read(file, TOKYO).problems())
                .hasSize(1_001)
                .last()
                .satisfies(problem -> assertThat(problem.describe()).contains("and more behind this line"));
    }

    @Test
    void refusesAnAccountOfTwoLines() {
        DirectoryCsv csv = DirectoryCsv.read(
                "account,name\n\"sa\nto\",Sato\nito\u00a0,\"Ito\nJun\"\n".getBytes(StandardCharsets.UTF_8),
                ZoneId.of("Asia/Tokyo"));

        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly("line 2, account: has control characters");
        assertThat(csv.entries()).extracting(entry -> entry.account().value()).containsExactly("ito");
    }

    @Test
    void refusesAnAccountThatHasTwoDifferentHolders() {
        String text = "account,person\nsato,P-1\nsato,P-2\n,P-3\nkato,P-4\nkato,P-4\n";

        DirectoryCsv csv = DirectoryCsv.read(text.getBytes(StandardCharsets.UTF_8), TOKYO);

        assertThat(csv.problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 3, account: “sato” stands there twice, with different data; give it one row, with one"
                                + " name for all departments of who works in several",
                        "line 4, account: is missing");
    }
}
