package dev.metsuke.archive.index;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpServer;
import dev.metsuke.archive.index.BulkOutcome.Extent;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Retry;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Write;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ElasticsearchBulkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MORE_THAN_A_SOCKET_HOLDS = 16 << 20;

    private final AtomicInteger written = new AtomicInteger();
    private ServerSocket silent;
    private HttpServer node;

    @BeforeEach
    void startNodes() throws IOException {
        // Nobody accepts; the system takes the connections and what is sent all the same.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                written.incrementAndGet();
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                byte[] answer = "{\"items\":[{\"create\":{\"status\":201}}]}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        node.start();
    }

    @AfterEach
    void stopNodes() throws IOException {
        node.stop(0);
        silent.close();
    }

    @Test
    void passesANodeOverThatTakesRequestsAndNeverAnswers() throws Exception {
        try (ElasticsearchClient client = client(address(silent.getLocalPort()) + "," + address(port()))) {
            ElasticsearchBulk bulk = new ElasticsearchBulk(client, PATIENCE, 2, Optional::empty, index -> {});
            long start = System.nanoTime();
            for (int sent = 1; sent <= 10; sent++) {
                assertThat(bulk.send(List.of(document(10)))).containsExactly(new Indexed(true));
            }

            assertThat(written).hasValue(10);
            // Once, not every second time.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(3));
        }
    }

    @Test
    void sendsLessAtOnceWhereTheOnlyNodeIsSilent() throws Exception {
        try (ElasticsearchClient client = client(address(silent.getLocalPort()))) {
            Retry later = new Retry("no node of Elasticsearch answered within 1 s", Extent.OVERLOAD);

            assertThat(bulk(client).send(List.of(document(10)))).containsExactly(later);
            assertThat(bulk(client).send(List.of(document(MORE_THAN_A_SOCKET_HOLDS))))
                    .containsExactly(later);
        }
    }

    @Test
    void doesNotWaitForAnAnswerWithoutEnd() throws Exception {
        node.createContext("/_bulk", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                // Longer than the test lasts; the client's leaving ends it.
                for (int i = 0; i < 1_000; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (ElasticsearchClient client = client(address(port()))) {
            assertThat(bulk(client).send(List.of(document(10))))
                    .containsExactly(
                            new Retry("Elasticsearch did not bring an answer to its end within 2 s", Extent.OVERLOAD));
        }
    }

    private int port() {
        return node.getAddress().getPort();
    }

    private static ElasticsearchBulk bulk(ElasticsearchClient client) {
        return new ElasticsearchBulk(client, PATIENCE, 1, Optional::empty, index -> {});
    }

    private static ElasticsearchClient client(String url) throws IOException {
        return ElasticsearchConnection.open(new ElasticsearchSettings(url, null, null), PATIENCE);
    }

    private static String address(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static Document document(int length) {
        byte[] body = ("\"" + "x".repeat(length) + "\"").getBytes(StandardCharsets.UTF_8);
        return new Document("metsuke-access-events-2026.11", "id", body, new Write.Once());
    }
}
