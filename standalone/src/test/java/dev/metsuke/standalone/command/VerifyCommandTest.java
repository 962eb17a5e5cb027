package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

    /** As on an auditor's machine, who may read the archive alone, with the settings of the parts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bootstrap-servers: \"${env:NO_SUCH_VARIABLE_HERE}\"",
                "bootstrap-servers: \"127.0.0.1:1\", properties: {security.protocol: SSL,"
                        + " ssl.truststore.type: PEM, ssl.truststore.location: /no/such/ca.crt}"
            })
    void looksAtTheArchiveWhereKafkaCannotBeAsked(String kafka, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("metsuke.yml"),
                "elasticsearch: {url: \"http://127.0.0.1:1\"}\nkafka: {" + kafka + "}\n");

        CommandRun run = CommandRun.of("verify", "--config", file.toString());

        assertThat(run.err())
                .contains(
                        "whether the archive is behind is not known (",
                        "what was sealed more than 300 seconds ago is taken to be in the archive",
                        "cannot be told: ");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
