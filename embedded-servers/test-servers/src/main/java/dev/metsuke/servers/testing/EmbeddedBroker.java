package dev.metsuke.servers.testing;

import dev.metsuke.servers.EmbeddedKafka;
import java.nio.file.Path;

/** A broker in a child JVM, whose folder remembers its port. */
final class EmbeddedBroker implements TestBroker {

    private final Path folder;
    private EmbeddedKafka server;

    EmbeddedBroker(Path folder) {
        this.folder = folder;
        this.server = EmbeddedKafka.start(folder);
    }

    @Override
    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void restart() {
        server = EmbeddedKafka.start(folder);
    }

    @Override
    public void close() {
        server.close();
    }
}
