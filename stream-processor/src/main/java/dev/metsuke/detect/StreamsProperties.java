package dev.metsuke.detect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Whether Kafka Streams and the clients it makes will take properties of theirs. */
final class StreamsProperties {

    /** In the order in which Kafka Streams looks for a name. */
    private static final List<ConfigDef> KNOWN = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    /** The longer ones first. */
    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    private StreamsProperties() {}

    /** What is wrong with them; a name that nobody knows is somebody else's. The values, which may be secret, are not shown. */
    static List<String> problems(Map<String, String> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .flatMap(property -> problem(property.getKey(), property.getValue()).stream())
                        .toList();
    }

    private static Optional<String> problem(String name, String value) {
        ConfigDef.ConfigKey key = key(name);
        if (key == null) {
            return Optional.empty();
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            String type = key.type.name().toLowerCase(Locale.ROOT);
            String bounds = key.validator == null ? "" : ", " + key.validator;
            return Optional.of("streams must set " + name + " to what Kafka takes (" + type + bounds + ")");
        }
    }

    private static ConfigDef.@Nullable ConfigKey key(String name) {
        String bare = PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
        return KNOWN.stream()
                .map(definition -> definition.configKeys().get(bare))
                .filter(key -> key != null)
                .findFirst()
                .orElse(null);
    }
}
