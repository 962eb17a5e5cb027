package dev.metsuke.standalone.local;

import dev.metsuke.servers.EmbeddedElasticsearch;
import dev.metsuke.servers.EmbeddedKafka;
import dev.metsuke.servers.ServerOptions;
import dev.metsuke.standalone.terminal.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The broker and the search node of one machine, started side by side.
 *
 * @param kafka the broker
 * @param elasticsearch the search node
 */
record LocalServers(EmbeddedKafka kafka, EmbeddedElasticsearch elasticsearch) implements AutoCloseable {

    static LocalServers start(ServersSettings settings, Progress progress) {
        CompletableFuture<EmbeddedKafka> kafka =
                EmbeddedKafka.startAsync(ServerOptions.in(settings.data().resolve("kafka"))
                        .withPreferredPort(settings.kafkaPort())
                        .withHeapMegabytes(settings.kafkaHeapMegabytes()));
        CompletableFuture<EmbeddedElasticsearch> elasticsearch = EmbeddedElasticsearch.startAsync(
                ServerOptions.in(settings.data().resolve("elasticsearch"))
                        .withPreferredPort(settings.elasticsearchPort())
                        .withHeapMegabytes(settings.elasticsearchHeapMegabytes()));
        try {
            progress.step("Kafka broker", () -> "at " + kafka.join().bootstrapServers());
            progress.step(
                    "Elasticsearch node", () -> "at " + elasticsearch.join().url());
            return new LocalServers(kafka.join(), elasticsearch.join());
        } catch (CompletionException e) {
            // Whichever of the two came up must not stay behind.
            kafka.handle((broker, _) -> closed(broker)).join();
            elasticsearch.handle((node, _) -> closed(node)).join();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> node = CompletableFuture.runAsync(elasticsearch::close);
        kafka.close();
        node.join();
    }

    private static boolean closed(@Nullable AutoCloseable server) {
        try {
            if (server != null) {
                server.close();
            }
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
