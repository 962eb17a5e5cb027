package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.console.entry.AskedName;
import dev.metsuke.console.search.SearchQuery;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class AskedAccessesTest {

    @Test
    void asksAlsoWithoutWhatCannotBeSeenAroundAName() {
        SearchQuery query = asked("--account", "\u00a0sato\u200b", "--dataset", "\ufeffcrm.customers ");

        assertThat(query.account()).isEqualTo(new AskedName(List.of("\u00a0sato\u200b", "sato")));
        assertThat(query.dataset()).isEqualTo(new AskedName(List.of("\ufeffcrm.customers ", "crm.customers")));
        assertThat(asked().account()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\u200b"})
    void refusesANameThatIsEmpty(String name) {
        assertThatThrownBy(() -> asked("--account", name))
                .isInstanceOf(ParameterException.class)
                .hasMessage("--account is empty; give a name, or leave it out");
    }

    private static SearchQuery asked(String... arguments) {
        Asking command = CommandLine.populateCommand(new Asking(), arguments);
        return command.asked.within(command.range, ZoneOffset.UTC);
    }

    @Command
    private static final class Asking {

        @Mixin
        private TimeRange range = new TimeRange();

        @Mixin
        private AskedAccesses asked = new AskedAccesses();
    }
}
