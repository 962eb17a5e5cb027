package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
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
    private final OpenTransactions transactions;
    private final AskingThread thread;
    private boolean isTold;

    /**
     * Looks at nothing yet.
     *
     * @param part on whose behalf, as the log and the brokers know it
     */
    public TransactionWatch(KafkaSettings kafka, String part, OpenTransactions transactions) {
        this.part = part;
        this.transactions = transactions;
        Map<String, Object> client = kafka.clientProperties(part + "-transactions");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        thread = new AskingThread(part + "-transactions", client, LOOK_EVERY, this::look, this::failed);
    }

    /** Begins to look; called once. */
    public void start() {
        thread.start();
    }

    /** Looks no more; safe to call twice, and also where it was not started. */
    @Override
    public void close() {
        thread.close();
    }

    private void look(Admin admin) throws ExecutionException, InterruptedException {
        transactions.look(admin);
        isTold = false;
    }

    private void failed(Throwable failure) {
        if (!isTold) {
            LOG.warn(
                    "{}: whether an open transaction holds records back is not seen now: {}",
                    part,
                    Causes.of(failure).getLast().toString());
            isTold = true;
        }
    }
}
