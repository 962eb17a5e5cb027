package dev.metsuke.shipper.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.account.AccountRules;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {

    @Test
    void anAmbiguousTableNameHasNoDataset() {
        assertThat(rules("crm.users", "a", "hr.users", "b").tableDataset(null, "users"))
                .isNull();
        assertThat(rules("hr.users", "b", "crm.users", "a").tableDataset("sales", "users"))
                .isNull();
    }

    @Test
    void aTableNameThatMeansOneDatasetHasIt() {
        assertThat(rules("crm.users", "a", "hr.users", "a").tableDataset(null, "users"))
                .isEqualTo("a");
        assertThat(rules("crm.users", "a", "hr.users", "b").tableDataset(null, "hr.users"))
                .isEqualTo("b");
    }

    @Test
    void theSessionsDatabaseTellsTablesApart() {
        SourceRules rules = rules("hr.public.users", "b", "crm.public.users", "a");

        assertThat(rules.tableDataset("crm", "users")).isEqualTo("a");
        assertThat(rules.tableDataset("hr", "users")).isEqualTo("b");
        assertThat(rules.tableDataset("sales", "users")).isNull();
    }

    /** PostgreSQL takes it so, too. */
    @Test
    void aTableIsFoundByItsWholeName() {
        SourceRules rules = rules("public.users", "a", "hr.public.staff", "b");

        assertThat(rules.tableDataset("crm", "CRM.public.users")).isEqualTo("a");
        assertThat(rules.tableDataset("hr", "hr.public.staff")).isEqualTo("b");
        assertThat(rules.tableDataset("crm", "crm.users")).isNull();
        assertThat(rules.tableDataset(null, "crm.public.users")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM037"})
    void refusesEncodingsWhoseLineEndsCannotBeFound(String encoding) {
        assertThatThrownBy(() -> Encoding.parse(encoding))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be found in " + encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "MS932", "Shift_JIS", "EUC-JP", "ISO-8859-1", "windows-1252"})
    void takesEncodingsThatBuildOnAscii(String encoding) {
        assertThat(Encoding.parse(encoding)).isNotNull();
    }

    private static SourceRules rules(String table, String dataset, String otherTable, String otherDataset) {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put(table, dataset);
        tables.put(otherTable, otherDataset);
        return new SourceRules(
                "host-1", null, ZoneId.of("UTC"), AccountRules.keepAll(), null, List.of(), List.of(), tables);
    }
}
