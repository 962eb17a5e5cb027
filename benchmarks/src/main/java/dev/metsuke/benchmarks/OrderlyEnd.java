package dev.metsuke.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, a process that is told to end first interrupts this thread, and lets it put away what it started. */
final class OrderlyEnd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private OrderlyEnd(Thread running) {
        hook = Thread.ofPlatform().name("orderly-end").unstarted(() -> interrupt(running));
    }

    static OrderlyEnd ofThisThread() {
        OrderlyEnd end = new OrderlyEnd(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    private void interrupt(Thread running) {
        running.interrupt();
        try {
            var _ = done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then it has been of use.
        }
    }
}
