package dev.metsuke.operations.kafka;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.util.HashMap;
import java.util.Map;

/**
 * Section {@code kafka}: how every part reaches the brokers.
 *
 * @param bootstrapServers {@code host:port}, several with commas; an IPv6 address stands in brackets
 * @param partitions how many partitions {@code setup} gives each topic; the same for all, since all are keyed by account
 * @param replicationFactor on how many brokers each lies
 * @param properties passed to every Kafka client as they are, such as {@code security.protocol}
 */
public record KafkaSettings(
        @Default("127.0.0.1:9092") String bootstrapServers,
        @Default("4") int partitions,
        @Default("1") short replicationFactor,
        Map<String, String> properties) {

    public KafkaSettings {
        properties = Map.copyOf(properties);
        Check.that()
                .finds(BrokerAddresses.problems(bootstrapServers))
                .finds(ClientProperties.problems(properties))
                .holds(partitions >= 1, "partitions must be 1 or more, not " + partitions)
                .holds(replicationFactor >= 1, "replication-factor must be 1 or more, not " + replicationFactor)
                .orThrow();
    }

    /** The settings for a broker, all else by default. */
    public static KafkaSettings of(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, 4, (short) 1, Map.of());
    }

    /** What any Kafka client of this process is configured with; the caller adds its own. */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        client.put("client.id", clientId);
        return client;
    }
}
