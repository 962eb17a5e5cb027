package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonNamesTest {

    @TempDir
    Path folder;

    @Test
    void looksForThePseudonymAndForTheIdentifierItself() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        PersonNames names = PersonNames.of("C-1", key);

        assertThat(names.names()).hasSize(2).endsWith("C-1");
        assertThat(names.shown()).matches("p:[0-9a-f]{32}");
        assertThat(names.knowsPseudonym()).isTrue();
    }

    @Test
    void takesAPseudonymAsItIs() {
        assertThat(PersonNames.of("p:12", folder.resolve("no-such-key")).names())
                .containsExactly("p:12");
    }

    @Test
    void looksForTheIdentifierOnlyWhereThereIsNoKey() {
        PersonNames names = PersonNames.of("C-1", null);

        assertThat(names.names()).containsExactly("C-1");
        assertThat(names.knowsPseudonym()).isFalse();
    }
}
