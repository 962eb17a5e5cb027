package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhoReadCommandTest {

    @Test
    void asksForThePersonWhereTheNameIsEmpty(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("metsuke.yml"), "");

        CommandRun run = CommandRun.of("who-read", "-c", settings.toString(), " ");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("PERSON is empty; give a pseudonym, or an identifier as logs have it")
                .doesNotContain("leave it out");
    }
}
