package dev.metsuke.archive.setup;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpServer;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ArchiveSetupTest {

    @Test
    void namesTheKeyThatTheClusterRefuses() throws IOException {
        String asked = "Elasticsearch does not tell whether its templates are in place (HTTP status %d)";
        String key = "; check elasticsearch.api-key, and which privileges it has";

        assertThat(obstacleWhereAnswerIs(401)).isEqualTo(asked.formatted(401) + key);
        assertThat(obstacleWhereAnswerIs(403)).isEqualTo(asked.formatted(403) + key);
        assertThat(obstacleWhereAnswerIs(429)).isEqualTo(asked.formatted(429));
        assertThat(obstacleWhereAnswerIs(404)).endsWith("; run metsuke setup");
    }

    private static String obstacleWhereAnswerIs(int status) throws IOException {
        HttpServer node = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        node.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, -1);
            }
        });
        node.start();
        URI url = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
        try (ElasticsearchClient client = ElasticsearchConnection.open(ElasticsearchSettings.of(url))) {
            return ArchiveSetup.obstacle(client).orElse("none");
        } finally {
            node.stop(0);
        }
    }
}
