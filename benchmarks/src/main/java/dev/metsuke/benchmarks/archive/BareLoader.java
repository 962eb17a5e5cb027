package dev.metsuke.benchmarks.archive;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The node's limit: sends a file's bulks as they are, several at once, and looks at nothing but whether all went well. */
final class BareLoader {

    static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** Also what the node answers where its heap is full at this moment: it took nothing of the bulk. */
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private BareLoader() {}

    /** Arguments: the node's URL, index, file, bytes of a bulk, how many at once. */
    public static void main(String[] args) throws IOException, InterruptedException {
        URI bulk = URI.create(args[0] + "/" + args[1] + "/_bulk?filter_path=errors");
        int atOnce = Integer.parseInt(args[4]);
        Semaphore slots = new Semaphore(atOnce);
        AtomicReference<@Nullable String> trouble = new AtomicReference<>();
        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            BulkFile.read(Path.of(args[2]), Integer.parseInt(args[3]), body -> {
                slots.acquire();
                threads.execute(() -> {
                    try {
                        send(client, bulk, body);
                    } catch (IOException | InterruptedException e) {
                        trouble.set(e.toString());
                    } finally {
                        slots.release();
                    }
                });
                failOn(trouble.get());
            });
            slots.acquire(atOnce);
            failOn(trouble.get());
        }
    }

    private static void send(HttpClient client, URI bulk, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(bulk)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == TOO_MANY_REQUESTS) {
            Thread.sleep(PAUSE);
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() != 200 || !answer.body().contains("\"errors\":false")) {
            throw new IOException("the node answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static void failOn(@Nullable String trouble) throws IOException {
        if (trouble != null) {
            throw new IOException(trouble);
        }
    }
}
