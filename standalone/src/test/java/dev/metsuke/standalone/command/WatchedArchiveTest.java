package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WatchedArchiveTest {

    @Test
    @Timeout(60)
    void tellsThatItWaitsForASilentNodeAndGivesItUp(@TempDir Path folder) throws Exception {
        // Nobody accepts; the system takes the connections and what is sent all the same.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ExecutorService commands = Executors.newVirtualThreadPerTaskExecutor()) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            Path settings =
                    Files.writeString(folder.resolve("metsuke.yml"), "elasticsearch: {url: \"" + address + "\"}\n");

            Future<CommandRun> search = commands.submit(() -> CommandRun.with(settings, "search", "--account", "sato"));
            Future<CommandRun> whoRead = commands.submit(() -> CommandRun.with(settings, "who-read", "C-1"));
            Future<CommandRun> verify = commands.submit(() -> CommandRun.with(settings, "verify"));

            expect(search.get(), address, "", 1);
            expect(whoRead.get(), address, "", 1);
            expect(verify.get(), address, "cannot be told: ", 2);
        }
    }

    private static void expect(CommandRun run, String address, String verdict, int exitCode) {
        assertThat(run.err().lines())
                .anyMatch(line -> line.startsWith("still waiting for Elasticsearch at " + address + ", for "))
                .last()
                .asString()
                .startsWith(verdict + "Elasticsearch at " + address + " does not answer in time (")
                .endsWith("; check elasticsearch.url");
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }
}
