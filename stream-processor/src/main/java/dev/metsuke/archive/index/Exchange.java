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

/**
 * Asks Elasticsearch, and waits for its answer.
 *
 * @param client which waits so long for each node
 * @param patience how long that is
 * @param nodes how many there are
 */
record Exchange(ElasticsearchClient client, Duration patience, int nodes) {

    /**
     * The body of the answer.
     *
     * @throws ExecutionException whose cause is the client's exception; the request may have been carried out
     * @throws TimeoutException where a node goes on answering without coming to an end, for which the client has no bound
     */
    byte[] answer(BinaryEndpoint<byte[]> endpoint, byte[] body)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        CompletableFuture<BinaryResponse> pending = client._transport().performRequestAsync(body, endpoint, null);
        try (BinaryResponse answer = pending.get(bound().toMillis(), TimeUnit.MILLISECONDS);
                InputStream json = answer.content()) {
            return json.readAllBytes();
        } catch (InterruptedException | TimeoutException e) {
            pending.cancel(true);
            throw e;
        }
    }

    /** What is said where no answer came. */
    String silence() {
        return "no node of Elasticsearch answered within " + patience.toSeconds() + " s";
    }

    /** What is said where an answer did not come to an end. */
    String endlessness() {
        return "Elasticsearch did not bring an answer to its end within " + bound().toSeconds() + " s";
    }

    /** Within which every node could have been asked in vain. */
    private Duration bound() {
        return patience.multipliedBy(nodes + 1L);
    }
}
