package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at topics again and again, in a thread of its own; that it sees nothing is told once. */
public final class TopicWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);
    private static final int ANSWER_WITHIN_MILLIS = 5_000;

    private final String part;
    private final Question question;
    private final String unseen;
    private final AskingThread thread;
    private boolean isTold;

    /**
     * Looks at nothing yet.
     *
     * @param part on whose behalf, as the log and the brokers know it
     * @param question what a look is
     * @param unseen what nobody knows where a look fails, as “whether …”
     */
    public TopicWatch(KafkaSettings kafka, String part, Question question, String unseen) {
        this.part = part;
        this.question = question;
        this.unseen = unseen;
        Map<String, Object> client = kafka.clientProperties(part + "-topics");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        thread = new AskingThread(part + "-topics", client, LOOK_EVERY, this::look, this::failed);
    }

    /** Looks for transactions that stay open. */
    public static TopicWatch of(OpenTransactions transactions, KafkaSettings kafka, String part) {
        return new TopicWatch(kafka, part, transactions::look, "whether an open transaction holds records back");
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
        question.ask(admin);
        isTold = false;
    }

    private void failed(Throwable failure) {
        if (!isTold) {
            LOG.warn(
                    "{}: {} is not seen now: {}",
                    part,
                    unseen,
                    Causes.of(failure).getLast().toString());
            isTold = true;
        }
    }
}
