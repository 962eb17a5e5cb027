package dev.metsuke.console.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PeopleDirectoryTest {

    @Test
    void passesOverRecordsThatNameNoAccount() {
        PeopleDirectory directory = new PeopleDirectory();
        DirectoryEntry sato = new DirectoryEntry(new AccountId("sato"), "1003", null, null, null, null, null, null);
        for (String key : Arrays.asList(null, " ", "sato")) {
            directory.remember(new ConsumerRecord<>("metsuke.directory", 0, 0, key, sato.toJson()));
        }

        assertThat(directory.entries()).containsExactly(sato);
    }
}
