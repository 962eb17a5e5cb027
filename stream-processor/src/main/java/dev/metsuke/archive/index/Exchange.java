package dev.metsuke.archive.index;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Asks Elasticsearch, and waits for its answer.
 *
 * @param client which waits so long for each node
 * @param patience how long that is
 */
record Exchange(ElasticsearchClient client, Duration patience) {

    /**
     * The body of the answer.
     *
     * @throws ExecutionException whose cause is the client's exception; the request may have been carried out
     */
    byte[] answer(BinaryEndpoint<byte[]> endpoint, byte[] body)
            throws IOException, ExecutionException, InterruptedException {
        CompletableFuture<BinaryResponse> pending = client._transport().performRequestAsync(body, endpoint, null);
        try (BinaryResponse answer = pending.get();
                InputStream json = answer.content()) {
            return json.readAllBytes();
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        }
    }

    /** What is said where no answer came. */
    String silence() {
        return "Elasticsearch did not answer within " + patience.toSeconds() + " s";
    }
}
