package dev.metsuke.console.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    private static final String MARK = "\uFEFF";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"';'|semicolons", "'\t'|tabs"})
    void saysByWhatElseCellsAreSeparated(String separator, String name) {
        assertSaysSeparated(1, name, "Account,Status,Note\nsato,retired,\n".replace(",", separator));
        assertSaysSeparated(1, name, "\"Account\",\"Status\",\"Note\"\r\n\"sato\"".replace(",", separator));
        assertSaysSeparated(3, name, MARK + "\r\n\r\n\"account\",\"status\"\r\n".replace(",", separator));
        assertSaysSeparated(1, name, MARK + "sep=,\r\naccount,status\r\n".replace(",", separator));
    }

    @Test
    void believesAFirstLineThatNamesAnotherSeparator() {
        assertSaysSeparated(1, "|", "sep=|\naccount|status\n");
        assertSaysSeparated(1, "semicolons", "\"sep=;\"\naccount,status\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=,\n", "SEP=,\r\n", MARK + "sep=, \r\n", MARK + "\"sep=,\"\r\n"})
    void passesALineOverThatNamesTheComma(String first) {
        CsvTable table = read(first + "\"account\",\"status\"\r\n\"sato\",\"retired\"\r\nsuzuki\r\n");

        assertThat(table.rows()).containsExactly(new CsvTable.Row(3, Map.of("account", "sato", "status", "retired")));
        assertThat(table.problems())
                .extracting(Problem::describe)
                .containsExactly("line 4: has 1 cells where the first line names 2 columns");
    }

    @Test
    void saysWhatToDoOfAFileThatOnlyNamesItsSeparator() {
        assertThat(read("sep=,").problems())
                .extracting(Problem::describe)
                .containsExactly("line 1: the file is empty; its first line names the columns: account,status");
    }

    @Test
    void takesNoCellForASeparator() {
        assertThat(read("sep=\n").problems()).extracting(Problem::field).containsExactly("sep=", "account", "status");
        assertThat(read("account,status,note\nsep=;,retired,\"a;b\"\n").problems())
                .isEmpty();
    }

    @Test
    void takesNoOtherSeparatorOfAFileThatLacksColumns() {
        assertThat(read("account;department\nsato;Sales\n").problems())
                .extracting(Problem::field)
                .containsExactly("account;department", "account", "status");
    }

    @Test
    void takesARowWithoutItsLastCellsWhereTheyMayBeEmpty() {
        CsvTable table = read("account,status,department,note\nsato,retired\nkato,transferred,Sales\n");

        assertThat(table.problems()).isEmpty();
        assertThat(table.rows())
                .containsExactly(
                        new CsvTable.Row(2, Map.of("account", "sato", "status", "retired")),
                        new CsvTable.Row(3, Map.of("account", "kato", "status", "transferred", "department", "Sales")));
    }

    @Test
    void missesTheLastCellsThatMustBeThere() {
        assertThat(read("account,note,status\nsato,x\nkato,x,retired,y\n").problems())
                .extracting(Problem::describe)
                .containsExactly(
                        "line 2: has 2 cells where the first line names 3 columns",
                        "line 3: has 4 cells where the first line names 3 columns");
    }

    @Test
    void looksForNoMoreBehindManyProblems() {
        for (String file : List.of(
                "x,".repeat(5_000) + "account,status\nsato,retired\n", "account,status\n" + "sato\n".repeat(5_000))) {
            assertThat(read(file).problems())
                    .hasSize(1_001)
                    .last()
                    .extracting(Problem::describe)
                    .asString()
                    .endsWith(": and more behind this line; mend these first");
        }
    }

    @Test
    void knowsColumnsByTheirJapaneseNames() {
        CsvTable table = read("アカウント,状態,部署,備考\nsato,retired,,\n");

        assertThat(table.problems()).isEmpty();
        assertThat(table.columns()).containsExactlyInAnyOrder("account", "status", "department", "note");
    }

    private static void assertSaysSeparated(int line, String separators, String text) {
        CsvTable table = read(text);

        assertThat(table.rows()).isEmpty();
        assertThat(table.problems())
                .extracting(Problem::describe)
                .containsExactly("line " + line + ": its cells are separated by " + separators
                        + ", and commas are taken: write commas between the cells; a spreadsheet program writes"
                        + " semicolons where the country’s list separator is one");
    }

    private static CsvTable read(String text) {
        return CsvTable.read(
                text.getBytes(StandardCharsets.UTF_8), List.of("account", "status"), List.of("department", "note"));
    }
}
