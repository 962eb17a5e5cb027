package dev.metsuke.operations.kafka;

import dev.metsuke.operations.settings.NearNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;

/** Whether Kafka's clients will take properties of theirs, which they would refuse when they are made only. */
public final class ClientProperties {

    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    private ClientProperties() {}

    /** What is wrong with those of every client; a name that is near to none that Kafka knows is somebody else's. */
    static List<String> problems(Map<String, String> properties) {
        List<String> known = CLIENTS.stream()
                .flatMap(client -> client.names().stream())
                .distinct()
                .toList();
        List<String> typos = new TreeSet<>(properties.keySet())
                .stream()
                        .filter(name -> !known.contains(name))
                        .flatMap(name -> NearNames.likelyMeant(name, known).stream()
                                .map(meant -> "properties has " + name
                                        + ", which no client of Kafka knows; did you mean " + meant + "?"))
                        .toList();
        return Stream.concat(typos.stream(), problems("properties", properties, ClientProperties::keys).stream())
                .toList();
    }

    /** What each client that knows a property knows of it. */
    public static Stream<ConfigKey> keys(String name) {
        return CLIENTS.stream()
                .flatMap(client -> Stream.ofNullable(client.configKeys().get(name)));
    }

    /**
     * What is wrong with values. They are not shown, as they may be secret.
     *
     * @param setting where they stand
     * @param keys what is known of a property by its name; a value must do for all of these
     */
    public static List<String> problems(
            String setting, Map<String, String> properties, Function<String, Stream<ConfigKey>> keys) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .flatMap(property -> keys.apply(property.getKey())
                                .flatMap(key -> problem(setting, property.getKey(), property.getValue(), key).stream())
                                .limit(1))
                        .toList();
    }

    private static Optional<String> problem(String setting, String name, String value, ConfigKey key) {
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            String type = key.type.name().toLowerCase(Locale.ROOT);
            String bounds = key.validator == null ? "" : ", " + key.validator;
            return Optional.of(setting + " must set " + name + " to what Kafka takes (" + type + bounds + ")");
        }
    }
}
