package dev.metsuke.detect;

import dev.metsuke.operations.kafka.ClientProperties;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.streams.StreamsConfig;

/** Whether Kafka Streams and the clients it makes will take properties of theirs. */
final class StreamsProperties {

    private static final Map<String, ConfigKey> OWN = StreamsConfig.configDef().configKeys();

    /** The longer ones first. */
    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    private StreamsProperties() {}

    /** What is wrong with them; a name that nobody knows is somebody else's. */
    static List<String> problems(Map<String, String> properties) {
        return ClientProperties.problems("streams", properties, StreamsProperties::keys);
    }

    /** Kafka Streams' own goes before those of its clients. */
    private static Stream<ConfigKey> keys(String name) {
        String bare = PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
        ConfigKey own = OWN.get(bare);
        return own == null ? ClientProperties.keys(bare) : Stream.of(own);
    }
}
