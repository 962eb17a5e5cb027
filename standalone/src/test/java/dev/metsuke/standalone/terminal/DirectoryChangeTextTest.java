package dev.metsuke.standalone.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.console.directory.Handover;
import dev.metsuke.events.account.AccountId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryChangeTextTest {

    @Test
    void saysWhatBecomesOfTheColumnsThatTheFileDoesNotHave() {
        List<String> columns = List.of("name", "department");

        assertThat(DirectoryChangeText.handover(new Handover(List.of(new AccountId("sato")), columns, columns)))
                .isEqualTo("; the file does not have name,department, which stay as they are known; accounts"
                        + " with another holder than before: 1, of whom nothing is left in name,department");
        assertThat(DirectoryChangeText.handover(new Handover(List.of(), List.of(), List.of())))
                .isEmpty();
    }
}
