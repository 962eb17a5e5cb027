package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for open transactions again and again, in a thread of its own. */
public final class TransactionWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private final String part;
    private final Map<String, Object> client;
    private final OpenTransactions transactions;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private boolean isTold;

    /**
     * Looks at nothing yet.
     *
     * @param part on whose behalf, as the log and the brokers know it
     */
    public TransactionWatch(KafkaSettings kafka, String part, OpenTransactions transactions) {
        this.part = part;
        this.transactions = transactions;
        client = kafka.clientProperties(part + "-transactions");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        thread = Thread.ofPlatform().name(part + "-transactions").daemon().unstarted(this::run);
    }

    /** Begins to look; called once. */
    public void start() {
        thread.start();
    }

    /** Looks no more; safe to call twice, and also where it was not started. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            while (isToGoOn()) {
                watch();
            }
        } catch (InterruptedException e) {
            LOG.debug("Told to stop.", e);
        }
    }

    /** Returns where a look fails. */
    private void watch() throws InterruptedException {
        try (Admin admin = Admin.create(client)) {
            do {
                transactions.look(admin);
                isTold = false;
            } while (isToGoOn());
        } catch (ExecutionException | RuntimeException | Error e) {
            // An Error as well: a thread that ends in silence would look as if no transaction hung.
            if (!isTold) {
                LOG.warn(
                        "{}: whether an open transaction holds records back is not seen now: {}",
                        part,
                        Causes.of(e).getLast().toString());
                isTold = true;
            }
        }
    }

    private boolean isToGoOn() throws InterruptedException {
        return !closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
