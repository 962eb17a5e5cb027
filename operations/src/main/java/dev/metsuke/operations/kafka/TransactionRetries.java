package dev.metsuke.operations.kafka;

import java.util.Map;

/**
 * How soon a transactional producer asks again. A transaction begins while the brokers still finish the one before: that is over
 * in a moment, and Kafka's default of 100 ms, then 200, then 400, is what an alert or a line would wait.
 */
public final class TransactionRetries {

    private static final int FIRST_AFTER_MILLIS = 10;
    private static final int AT_MOST_AFTER_MILLIS = 500;

    private TransactionRetries() {}

    /** By the names of Kafka's producer settings. */
    public static Map<String, Object> properties() {
        return Map.of("retry.backoff.ms", FIRST_AFTER_MILLIS, "retry.backoff.max.ms", AT_MOST_AFTER_MILLIS);
    }
}
