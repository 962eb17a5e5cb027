package dev.metsuke.events.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedExportTest {

    @Test
    void leavesNothingBehind(@TempDir Path folder) throws IOException, InterruptedException {
        Process export = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Export.class.getName(),
                        folder.resolve("out.zip").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = export.inputReader()) {
            assertThat(out.readLine()).isEqualTo("writing");
            assertThat(folder).isNotEmptyDirectory();

            export.destroy();

            assertThat(export.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Writes until it is stopped. */
    static final class Export {

        private Export() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            try (EvidenceWriter _ = new EvidenceWriter(Path.of(args[0]))) {
                System.out.println("writing");
                Thread.sleep(Duration.ofMinutes(1));
            }
        }
    }
}
