package dev.metsuke.benchmarks.latency;

import org.jspecify.annotations.Nullable;

/** Looks again and again, in a thread of its own, until it is closed. */
final class Watcher implements AutoCloseable {

    private final Thread thread;
    private volatile boolean isClosed;
    private volatile @Nullable Exception failure;

    private Watcher(String name, Look look) {
        thread = Thread.ofPlatform().name(name).daemon().start(() -> watch(look));
    }

    static Watcher start(String name, Look look) {
        return new Watcher(name, look);
    }

    /** Fails where the watcher could not look any more. */
    void check() {
        Exception found = failure;
        if (found != null) {
            throw new IllegalStateException(thread.getName() + " failed", found);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Look look) {
        try {
            while (!isClosed) {
                look.look();
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    /** One look, which waits for a moment where there is nothing to see. */
    @FunctionalInterface
    interface Look {

        void look() throws Exception;
    }
}
