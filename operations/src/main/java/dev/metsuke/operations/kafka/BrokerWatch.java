package dev.metsuke.operations.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again and again whether a broker answers: consumers and Kafka Streams wait for one without a word. */
public final class BrokerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);
    private static final int ANSWER_WITHIN_MILLIS = 5_000;
    /** Less, so that another broker is asked where one does not answer. */
    private static final int ANSWER_OF_ONE_WITHIN_MILLIS = 2_000;

    private final String part;
    private final String servers;
    private final AskingThread thread;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * Asks nothing yet.
     *
     * @param part on whose behalf, as the log and the brokers know it
     */
    public BrokerWatch(KafkaSettings kafka, String part) {
        this.part = part;
        servers = kafka.bootstrapServers();
        Map<String, Object> client = kafka.clientProperties(part + "-watch");
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_OF_ONE_WITHIN_MILLIS);
        client.put(AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, ANSWER_OF_ONE_WITHIN_MILLIS);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        thread = new AskingThread(part + "-watch", client, ASK_EVERY, this::ask, this::failed);
    }

    /** Begins to ask; called once. */
    public void start() {
        thread.start();
    }

    /** Why the last question was not answered; empty where it was, or none was asked yet. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Asks no more, and leaves what it found as it is; safe to call twice, and also where it was not started. */
    @Override
    public void close() {
        thread.close();
    }

    private void ask(Admin admin) throws InterruptedException {
        try {
            admin.describeCluster().clusterId().get();
            note(Optional.empty());
        } catch (ExecutionException e) {
            note(Optional.of(
                    e.getCause() instanceof RetriableException
                            ? "no broker answers at " + servers + " (kafka.bootstrap-servers)"
                            : "Kafka at " + servers + " gives no answer ("
                                    + Causes.describe(Objects.requireNonNullElse(e.getCause(), e)) + ")"));
        }
    }

    /** As where no server's name is known. */
    private void failed(Throwable failure) {
        note(Optional.of("Kafka at " + servers + " cannot be asked ("
                + Causes.of(failure).getLast() + ")"));
    }

    private void note(Optional<String> now) {
        if (now.equals(trouble)) {
            return;
        }
        trouble = now;
        now.ifPresentOrElse(
                reason -> LOG.warn("{} waits: {}", part, reason),
                () -> LOG.info("{} goes on: a broker answers at {}", part, servers));
    }
}
