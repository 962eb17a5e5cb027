package dev.metsuke.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedElasticsearchIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void acknowledgedDocumentSurvivesKillOnTheSamePort() throws Exception {
        EmbeddedElasticsearch node = EmbeddedElasticsearch.start(folder);
        assertThat(send(node, "GET", "/", "")).contains("\"number\" : \"9.");
        assertThat(send(node, "HEAD", "/", "")).startsWith("200 ");
        assertThat(send(
                        node,
                        "PUT",
                        "/visits",
                        "{\"settings\":{\"codec\":\"best_compression\",\"number_of_replicas\":0}}"))
                .startsWith("200 ");
        assertThat(send(node, "PUT", "/visits/_doc/1?refresh=true", "{\"who\":\"sato\"}"))
                .startsWith("201 ");
        assertThat(send(node, "POST", "/visits/_flush?force=true", "")).contains("\"failed\":0");
        assertThat(send(node, "GET", "/visits/_search?q=who:sato", "")).contains("\"_id\":\"1\"");
        assertThat(send(node, "PUT", "/visits/_doc/2", "{\"who\":\"suzuki\"}")).startsWith("201 ");

        node.kill();
        assertThat(node.onExit()).isCompleted();

        try (EmbeddedElasticsearch afterKill = EmbeddedElasticsearch.start(folder)) {
            assertThat(afterKill.url()).isEqualTo(node.url());
            assertThat(send(afterKill, "GET", "/visits/_doc/2", ""))
                    .startsWith("200 ")
                    .contains("suzuki");
            assertThat(send(afterKill, "GET", "/visits/_search?q=who:sato", "")).contains("\"_id\":\"1\"");
        }
    }

    @Test
    void twoStartAtOnce() throws Exception {
        CompletableFuture<EmbeddedElasticsearch> starting =
                EmbeddedElasticsearch.startAsync(ServerOptions.in(folder.resolve("one")));
        try (EmbeddedElasticsearch second = EmbeddedElasticsearch.start(folder.resolve("other"));
                EmbeddedElasticsearch first = starting.join()) {
            assertThat(first.url()).isNotEqualTo(second.url());
            assertThat(send(first, "PUT", "/mine/_doc/1?refresh=true", "{}")).startsWith("201 ");
            assertThat(send(second, "GET", "/mine", "")).startsWith("404 ");
        }
    }

    private String send(EmbeddedElasticsearch node, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
