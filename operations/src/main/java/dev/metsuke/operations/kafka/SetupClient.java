package dev.metsuke.operations.kafka;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Asks Kafka for somebody who waits for the answer: a third of the client's usual minute tells that nobody is there. */
final class SetupClient {

    private static final int PATIENCE_MILLIS = 20_000;

    private SetupClient() {}

    /**
     * Asks nothing yet.
     *
     * @throws IOException where no broker's name is known, or a property will not do
     */
    static Admin open(KafkaSettings settings) throws IOException {
        try {
            return Admin.create(properties(settings));
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + settings.bootstrapServers() + " cannot be asked ("
                            + Causes.of(e).getLast() + "); check kafka.bootstrap-servers and kafka.properties",
                    e);
        }
    }

    /** Whoever configured a time-out keeps it, and the other one that goes with it. */
    static Map<String, Object> properties(KafkaSettings settings) {
        Map<String, Object> client = settings.clientProperties("metsuke-setup");
        if (!client.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)
                && !client.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)) {
            client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        }
        return client;
    }
}
