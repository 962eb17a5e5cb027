package dev.metsuke.operations.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchConnectionTest {

    @Test
    void namesTheSettingWhoseFileCannotBeUsed(@TempDir Path folder) throws IOException {
        assertSaysOf(folder.resolve("ca.crt"), "cannot be read (java.nio.file.NoSuchFileException: ");
        assertSaysOf(folder, "cannot be read (");
        assertSaysOf(Files.createFile(folder.resolve("empty.crt")), "holds no certificate");
        assertSaysOf(
                Files.writeString(
                        folder.resolve("broken.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "is not a PEM certificate");
    }

    @Test
    void asksAnotherNodeWhereOneDoesNotAnswer() throws IOException {
        HttpServer one = node(200);
        HttpServer starting = node(503);
        String nodes = "http://127.0.0.1:1," + address(starting) + ", " + address(one) + "/";
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(new ElasticsearchSettings(nodes, null, null), Duration.ofSeconds(20))) {
            // Each begins with another of them.
            for (int i = 0; i < 6; i++) {
                assertThat(client.ping().value()).isTrue();
            }
        } finally {
            one.stop(0);
            starting.stop(0);
        }
    }

    private static HttpServer node(int status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void assertSaysOf(Path authority, String what) {
        ElasticsearchSettings settings = new ElasticsearchSettings("https://127.0.0.1:1", null, authority);

        assertThatThrownBy(() -> ElasticsearchConnection.open(settings))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("elasticsearch.certificate-authority " + authority + " " + what);
    }
}
