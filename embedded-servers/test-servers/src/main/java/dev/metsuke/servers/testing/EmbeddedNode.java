package dev.metsuke.servers.testing;

import dev.metsuke.servers.EmbeddedElasticsearch;
import java.net.URI;
import java.nio.file.Path;

/** A search node in a child JVM, whose folder remembers its port. */
final class EmbeddedNode implements TestNode {

    private final Path folder;
    private EmbeddedElasticsearch server;

    EmbeddedNode(Path folder) {
        this.folder = folder;
        this.server = EmbeddedElasticsearch.start(folder);
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server = EmbeddedElasticsearch.start(folder);
    }

    @Override
    public void close() {
        server.close();
    }
}
