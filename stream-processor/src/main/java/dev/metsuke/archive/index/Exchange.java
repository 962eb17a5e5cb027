package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks Elasticsearch, and waits for its answer no longer than allowed. */
record Exchange(ElasticsearchClient client, Duration timeout) {

    /**
     * The body of the answer.
     *
     * @throws TimeoutException where there was none; the request is given up, and may have been carried out
     * @throws ExecutionException whose cause is the client's exception
     */
    byte[] answer(BinaryEndpoint<byte[]> endpoint, byte[] body)
            throws IOException, ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<BinaryResponse> pending = client._transport().performRequestAsync(body, endpoint, null);
        try (BinaryResponse answer = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
                InputStream json = answer.content()) {
            return json.readAllBytes();
        } catch (TimeoutException | InterruptedException e) {
            pending.cancel(true);
            throw e;
        }
    }

    /** What is said where no answer came. */
    String silence() {
        return "Elasticsearch did not answer within " + timeout.toSeconds() + " s";
    }
}
