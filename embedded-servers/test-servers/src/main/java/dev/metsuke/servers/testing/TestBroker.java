package dev.metsuke.servers.testing;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A real Kafka broker, one node, that creates no topic by itself. */
public interface TestBroker extends TestServer {

    /**
     * Blocks until it serves.
     *
     * @param folder of its own, where an embedded one keeps its data; a container keeps its own
     */
    static TestBroker start(Path folder) {
        return switch (ServerKind.configured()) {
            case EMBEDDED -> new EmbeddedBroker(folder);
            case CONTAINER -> ContainerBroker.start();
        };
    }

    /** The same without blocking. */
    static CompletableFuture<TestBroker> startAsync(Path folder) {
        return CompletableFuture.supplyAsync(
                () -> start(folder), task -> Thread.ofVirtual().start(task));
    }

    /** For the clients' setting of that name; the same after a restart. */
    String bootstrapServers();
}
