package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CommandUserTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void isTheOwnerOfTheProcessWhateverThePropertySays() throws IOException {
        String owner = Files.getOwner(Files.createFile(folder.resolve("mine"))).getName();
        String before = System.setProperty("user.name", "forged");
        try {
            assertThat(CommandUser.name()).isEqualTo(owner);
        } finally {
            System.setProperty("user.name", before);
        }
    }
}
