package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.servers.testing.ScriptedNode;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a node that has an empty archive, and without Kafka. */
class ReadingRecordTest {

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ScriptedNode node;

    private Path settings = Path.of("");

    @BeforeEach
    void serve() throws IOException {
        node = ScriptedNode.start(ScriptedNode::ofEmptyArchive);
        settings = Files.writeString(folder.resolve("metsuke.yml"), """
            elasticsearch: {url: "%s"}
            kafka: {bootstrap-servers: "127.0.0.1:1"}
            """.formatted(node.url()));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void nothingIsReadThatCannotBeRecorded() throws IOException {
        CommandRun search = CommandRun.with(settings, "search", "--account", "sato");
        CommandRun export = CommandRun.with(
                settings, "export", "--out", folder.resolve("out.zip").toString());

        for (CommandRun refused : new CommandRun[] {search, export}) {
            assertThat(refused.err())
                    .startsWith("the archive is not read, as that cannot be recorded: Kafka at 127.0.0.1:1 did not")
                    .endsWith("; mend that, or, in an emergency, read it without a record by --allow-untraced\n");
            assertThat(refused.out()).isEmpty();
            assertThat(refused.exitCode()).isEqualTo(1);
        }
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(settings));
    }

    @Test
    void isReadWithoutARecordWhereThatIsAllowed() {
        CommandRun search = CommandRun.with(settings, "search", "--account", "sato", "--allow-untraced");

        assertThat(search.err())
                .startsWith("WITHOUT A TRACE: this reading of the archive is not recorded (Kafka at 127.0.0.1:1 did")
                .contains("write down who read what, when and why")
                .endsWith("0 of 0\n");
        assertThat(search.exitCode()).isZero();
    }
}
