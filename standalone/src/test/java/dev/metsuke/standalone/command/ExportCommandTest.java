package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    /** Where Kafka takes none, a trace would be told of. */
    @Test
    void leavesNoTraceOfAReadingThatNeverWas(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("metsuke.yml"), """
            elasticsearch: {url: "http://127.0.0.1:1"}
            kafka: {bootstrap-servers: "127.0.0.1:1"}
            """);
        Path out = folder.resolve("out.zip");

        CommandRun run = CommandRun.with(settings, "export", "--out", out.toString());

        assertThat(run.err())
                .startsWith("Elasticsearch at http://127.0.0.1:1 does not answer (")
                .contains("; check elasticsearch.url")
                .doesNotContain("recorded");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(out).doesNotExist();
    }
}
