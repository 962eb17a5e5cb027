package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka the same again and again, until it is closed; by a new client where asking failed. */
final class AskingThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AskingThread.class);

    private final Map<String, Object> client;
    private final Duration every;
    private final Question question;
    private final Consumer<Throwable> failed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Asks nothing yet.
     *
     * @param client its configuration
     * @param failed is told what came of asking, or of making the client
     */
    AskingThread(
            String name, Map<String, Object> client, Duration every, Question question, Consumer<Throwable> failed) {
        this.client = client;
        this.every = every;
        this.question = question;
        this.failed = failed;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Called once. */
    void start() {
        thread.start();
    }

    /** Asks no more; safe to call twice, and also where it was not started. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            do {
                askUntilItFails();
            } while (isToGoOn());
        } catch (InterruptedException e) {
            LOG.debug("Told to stop.", e);
        }
    }

    private void askUntilItFails() throws InterruptedException {
        try {
            Admin admin = Admin.create(client);
            try {
                do {
                    question.ask(admin);
                } while (isToGoOn());
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException | RuntimeException | Error e) {
            // An Error as well: a thread that ends in silence would hide all that follows.
            failed.accept(e);
        }
    }

    private boolean isToGoOn() throws InterruptedException {
        return !closing.await(every.toMillis(), TimeUnit.MILLISECONDS);
    }
}
