package dev.metsuke.archive.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.metsuke.archive.verify.ArchiveVerification.Range;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeyPair;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers as a node with an empty archive, which falls silent when lines are asked for. */
class SilentArchiveTest {

    private static final int STREAMS = 10 * Runtime.getRuntime().availableProcessors();

    private HttpServer server;
    private final AtomicInteger askedForLines = new AtomicInteger();

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
    void isNotAskedForEveryStreamOnceItIsGivenUp() throws IOException {
        SealKeyPair key = SealKeyPair.generate();
        List<SealRecord> copies = IntStream.range(0, STREAMS)
                .<SealRecord>mapToObj(i -> Seal.sign("db" + i + "/crm", 1, ChainHead.GENESIS, Instant.EPOCH, key))
                .toList();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (ElasticsearchClient client =
                ElasticsearchConnection.open(ElasticsearchSettings.of(address), Duration.ofSeconds(1))) {
            ArchiveVerification verification =
                    new ArchiveVerification(client, client, new KeyRing(List.of()), copies, 10);

            assertThatThrownBy(() -> verification.verify(Range.all(Instant.now(), Duration.ZERO), _ -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Elasticsearch at " + address + " does not answer in time (");
        }
        assertThat(askedForLines).hasPositiveValue().hasValueLessThan(STREAMS / 2);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.contains("\"sort\":[{\"metsuke.integrity.sequence\"")) {
            askedForLines.incrementAndGet();
            return;
        }
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
