package dev.metsuke.console.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"';'|semicolons", "'\t'|tabs"})
    void saysByWhatElseCellsAreSeparated(String separator, String name) {
        CsvTable table = read("Account,Status,Note\nsato,retired,\n".replace(",", separator));

        assertThat(table.rows()).isEmpty();
        assertThat(table.problems())
                .containsExactly(new Problem(
                        1,
                        null,
                        "its cells are separated by " + name
                                + ", and commas are taken: write commas between the cells; a spreadsheet program writes"
                                + " semicolons where the country's list separator is one"));
    }

    @Test
    void takesNoOtherSeparatorOfAFileThatLacksColumns() {
        assertThat(read("account;department\nsato;Sales\n").problems())
                .extracting(Problem::field)
                .containsExactly("account;department", "account", "status");
    }

    private static CsvTable read(String text) {
        return CsvTable.read(
                text.getBytes(StandardCharsets.UTF_8), List.of("account", "status"), List.of("department", "note"));
    }
}
