package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {

    @Test
    @Timeout(60)
    void tellsThatItWaitsForASilentNodeAndGivesItUp(@TempDir Path folder) throws IOException {
        // Nobody accepts; the system takes the connections and what is sent all the same.
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + silent.getLocalPort();
            Path settings =
                    Files.writeString(folder.resolve("metsuke.yml"), "elasticsearch: {url: \"" + address + "\"}\n");

            CommandRun run = CommandRun.with(settings, "search", "--account", "sato");

            assertThat(run.err().lines())
                    .anyMatch(line -> line.startsWith("still waiting for Elasticsearch at " + address + ", for "))
                    .last()
                    .asString()
                    .startsWith("Elasticsearch at " + address + " does not answer in time (")
                    .endsWith("; check elasticsearch.url");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }
}
