package dev.metsuke.servers.testing;

/** A real server for tests, which do not know what it runs in. */
public interface TestServer extends AutoCloseable {

    /** Kills at once, as {@code kill -9} does, and returns when the process is gone. */
    void kill();

    /** Brings back one that was killed, with its data and on its port; blocks until it serves. */
    void restart();

    /** Stops it, and in a container deletes its data. */
    @Override
    void close();
}
