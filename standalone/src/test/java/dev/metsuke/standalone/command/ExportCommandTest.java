package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @Test
    void looksFirstWhetherTheFileCanBeWritten(@TempDir Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("metsuke.yml"), """
            elasticsearch: {url: "http://127.0.0.1:1"}
            kafka: {bootstrap-servers: "127.0.0.1:1"}
            """);
        Path nowhere = folder.resolve("no-such-folder/out.zip");

        CommandRun missing = CommandRun.with(settings, "export", "--out", nowhere.toString());
        CommandRun taken = CommandRun.with(settings, "export", "--force", "--out", folder.toString());

        assertThat(missing.err().strip())
                .isEqualTo(nowhere + " cannot be written: there is no folder " + nowhere.getParent());
        assertThat(taken.err().strip())
                .isEqualTo(folder + " cannot be written: it is there already, and is no plain file");
        assertThat(List.of(missing.exitCode(), taken.exitCode())).containsOnly(1);
        assertThat(folder).isDirectoryContaining(settings::equals);
    }

    @Test
    @Timeout(60)
    void tellsThatItWaitsForASilentNode(@TempDir Path folder) throws IOException {
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Path settings = Files.writeString(
                folder.resolve("metsuke.yml"),
                "elasticsearch: {url: \"http://127.0.0.1:" + silent.getLocalPort() + "\"}\n");
        Executor later = CompletableFuture.delayedExecutor(7, TimeUnit.SECONDS);
        CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> close(silent), later);

        CommandRun run = CommandRun.with(
                settings, "export", "--out", folder.resolve("out.zip").toString());

        gone.join();
        assertThat(run.err())
                .startsWith("still waiting for Elasticsearch at http://127.0.0.1:" + silent.getLocalPort() + ", for ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static void close(ServerSocket silent) {
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(settings));
    }
}
