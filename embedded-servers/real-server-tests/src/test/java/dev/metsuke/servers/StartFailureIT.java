package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureIT {

    @TempDir
    Path folder;

    @Test
    void tellsServerExitCodeAndEndOfLog() throws IOException {
        // Given
        Files.writeString(folder.resolve("data"), "a file where the broker wants a folder");

        // When
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> EmbeddedKafka.start(folder));

        // Then
        assertThat(failure.server()).isEqualTo("Kafka");
        assertThat(failure.logFile()).isRegularFile();
        assertThat(failure)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining(failure.logFile().toString())
                .hasMessageContaining("No available log directories to format");
    }

    @Test
    void tellsThatDataFolderIsAFile() throws IOException {
        // Given
        Path file = Files.createFile(folder.resolve("node"));

        // When
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> EmbeddedElasticsearch.start(file));

        // Then
        assertThat(failure)
                .hasMessageContaining("Elasticsearch can't use its data folder " + file)
                .hasMessageContaining(failure.logFile().toString());
    }

    @Test
    void reportsBrokenSettingInsteadOfWaiting() {
        // Given
        ServerOptions options = ServerOptions.in(folder).withSetting("no.such.setting", "1");

        // When
        ServerStartException failure =
                catchThrowableOfType(ServerStartException.class, () -> EmbeddedElasticsearch.start(options));

        // Then
        assertThat(failure).hasMessageContaining("no.such.setting");
    }
}
