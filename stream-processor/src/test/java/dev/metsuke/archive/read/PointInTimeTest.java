package dev.metsuke.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.metsuke.archive.read.PointInTime.Part;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as a server gives them that has no room for a while. */
class PointInTimeTest {

    private static final Query ALL = Query.of(query -> query.matchAll(all -> all));

    private HttpServer server;
    private int refusals;
    private int refusalStatus = 429;
    private volatile boolean isSilent;
    private final AtomicInteger searches = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksAgainWhereTheServerHasNoRoom() throws IOException {
        refusals = 2;
        try (ElasticsearchClient client = client();
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            RawPage page = archive.pageAsItLies(ALL, new Part(0, 1), 100, null).page();

            assertThat(page.hits()).hasSize(1);
            assertThat(refusals).isZero();
        }
    }

    @Test
    void saysWhatTheServerSays() throws IOException {
        refusals = Integer.MAX_VALUE;
        refusalStatus = 403;
        try (ElasticsearchClient client = client();
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            assertThatThrownBy(() -> archive.pageAsItLies(ALL, new Part(0, 1), 100, null))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Elasticsearch answered 403: not now");
        }
    }

    @Test
    void asksASilentNodeOnceAndSaysWhichItIs() throws IOException {
        try (ElasticsearchClient client =
                        ElasticsearchConnection.open(ElasticsearchSettings.of(address()), Duration.ofSeconds(2));
                PointInTime archive = PointInTime.open(client, ArchiveIndex.SEALS)) {
            isSilent = true;

            assertThatThrownBy(() -> archive.page(ALL, List.of(), 1_000, null, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Elasticsearch at " + address() + " does not answer in time (")
                    .hasMessageEndingWith("; check elasticsearch.url");
            assertThat(searches).hasValue(1);
        }
    }

    private ElasticsearchClient client() throws IOException {
        return ElasticsearchConnection.open(ElasticsearchSettings.of(address()));
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        if (path.endsWith("_search")) {
            searches.incrementAndGet();
            if (isSilent) {
                return;
            }
        }
        boolean refuses = path.endsWith("_search") && refusals > 0;
        refusals -= refuses ? 1 : 0;
        String json = refuses
                ? "{\"error\":{\"root_cause\":[{\"type\":\"any\",\"reason\":\"not"
                        + " now\"}],\"type\":\"any\",\"reason\":\"not now\"},\"status\":" + refusalStatus + "}"
                : path.endsWith("_search")
                        ? "{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_index\":\"i\",\"_source\":{},\"sort\":[1]}]}}"
                        : "{\"id\":\"moment\",\"_shards\":{\"total\":1,\"successful\":1,\"skipped\":0,\"failed\":0},"
                                + "\"succeeded\":true,\"num_freed\":1}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refuses ? refusalStatus : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
