package dev.metsuke.servers.testing;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A real Elasticsearch node, alone, without security. */
public interface TestNode extends TestServer {

    /**
     * Blocks until it serves.
     *
     * @param folder of its own, where an embedded one keeps its data; a container keeps its own
     */
    static TestNode start(Path folder) {
        return switch (ServerKind.configured()) {
            case EMBEDDED -> new EmbeddedNode(folder);
            case CONTAINER -> ContainerNode.start();
        };
    }

    /** The same without blocking. */
    static CompletableFuture<TestNode> startAsync(Path folder) {
        return CompletableFuture.supplyAsync(
                () -> start(folder), task -> Thread.ofVirtual().start(task));
    }

    /** Where HTTP requests go, without a slash at the end; the same after a restart. */
    URI url();
}
