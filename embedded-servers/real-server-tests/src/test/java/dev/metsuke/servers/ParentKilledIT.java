package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentKilledIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void noServerOutlivesItsKilledParentAndTheNextRunTakesOver() throws Exception {
        // Given
        Process parent = startParent();
        ProcessHandle kafka;
        ProcessHandle elasticsearch;
        try (BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8)) {
            kafka = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            elasticsearch = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

            // When
            parent.destroyForcibly();
        }

        // Then
        try (EmbeddedKafka next = EmbeddedKafka.start(folder.resolve("kafka"))) {
            assertThat(next.isAlive()).isTrue();
            assertThat(kafka.isAlive()).isFalse();
        }
        assertThat(elasticsearch.onExit()).succeedsWithin(LIMIT);
    }

    private Process startParent() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dmetsuke.servers.home=" + System.getProperty("metsuke.servers.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentProcess.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
