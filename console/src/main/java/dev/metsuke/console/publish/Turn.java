package dev.metsuke.console.publish;

import dev.metsuke.console.language.Text;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one write after another; who would wait too long fails, lest requests pile up while Kafka is away. */
final class Turn {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Duration patience;

    Turn(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns once it is the caller's turn, which {@link #end} ends.
     *
     * @throws WriteFailedException where those before take too long
     */
    void await() throws WriteFailedException {
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new WriteFailedException(Text.of("kafka.busy", patience.toSeconds()), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WriteFailedException(Text.of("kafka.stopping"), e);
        }
    }

    /** The same however long it takes. */
    void awaitAnyhow() {
        lock.lock();
    }

    void end() {
        lock.unlock();
    }
}
