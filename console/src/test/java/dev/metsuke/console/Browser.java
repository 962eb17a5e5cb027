package dev.metsuke.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends requests as a browser or a tool would, with any header one likes. */
final class Browser implements AutoCloseable {

    static {
        // Without it the JDK's client does not let a test lie about its host.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
    }

    private final URI console;
    private final HttpClient client = HttpClient.newHttpClient();

    Browser(URI console) {
        this.console = console;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    HttpResponse<String> head(String path, String... headers) throws IOException, InterruptedException {
        return send("HEAD", path, null, headers);
    }

    HttpResponse<String> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    HttpResponse<java.io.InputStream> stream(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(console.resolve(path)).header("Accept", "text/event-stream");
        return client.send(with(headers, request), HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> send(String method, String path, byte @Nullable [] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        return client.send(with(headers, request), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest with(String[] headers, HttpRequest.Builder request) {
        List<String> given = List.of(headers);
        for (int i = 0; i < given.size(); i += 2) {
            request.setHeader(given.get(i), given.get(i + 1));
        }
        return request.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
