package dev.metsuke.servers;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A real server on 127.0.0.1, in a child JVM that never outlives this one. */
public abstract sealed class EmbeddedServer implements AutoCloseable permits EmbeddedKafka, EmbeddedElasticsearch {

    private final ChildServer child;

    EmbeddedServer(ChildServer child) {
        this.child = child;
    }

    public int port() {
        return child.port();
    }

    public long pid() {
        return child.pid();
    }

    public Path logFile() {
        return child.logFile();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Completes with the exit code when the server's process ends, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return child.onExit();
    }

    /** Kills at once, as {@code kill -9} does, and returns when the process is gone. */
    public void kill() {
        child.kill();
    }

    /** Stops in an orderly way, or kills what does not stop in time; returns when the process is gone. */
    @Override
    public void close() {
        child.close();
    }
}
