package dev.metsuke.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.metsuke.standalone.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

    private HttpServer node;
    private Path settings = Path.of("");

    @BeforeEach
    void serve() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", ReadingRecordTest::answer);
        node.start();
        settings = Files.writeString(
                folder.resolve("metsuke.yml"), """
                    elasticsearch: {url: "http://127.0.0.1:%d"}
                    kafka: {bootstrap-servers: "127.0.0.1:1"}
                    """.formatted(node.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        node.stop(0);
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

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String json = exchange.getRequestURI().getPath().endsWith("_search")
                ? "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":0,\"successful\":0,\"failed\":0},"
                        + "\"hits\":{\"total\":{\"value\":0,\"relation\":\"eq\"},\"hits\":[]}}"
                : "{\"id\":\"moment\",\"_shards\":{\"total\":0,\"successful\":0,\"skipped\":0,\"failed\":0},"
                        + "\"succeeded\":true,\"num_freed\":1}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
