package dev.metsuke.standalone.local;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** The files that {@code kafka.properties} name: Kafka's clients read them when they are made, and say little of what is wrong. */
public final class KafkaFiles {

    private static final List<String> STORES =
            List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    private KafkaFiles() {}

    /**
     * Those that cannot be read, each with the place of its setting; none where no TLS is asked for.
     *
     * @param kafka the file's own section
     */
    public static List<String> problems(SettingsFile settings, KafkaSettings kafka) {
        Map<String, String> properties = kafka.properties();
        boolean isTls = properties
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "")
                .toUpperCase(Locale.ROOT)
                .endsWith("SSL");
        return isTls
                ? STORES.stream()
                        .flatMap(store -> Stream.ofNullable(properties.get(store))
                                .flatMap(written -> problem(settings, store, Path.of(written))))
                        .toList()
                : List.of();
    }

    private static Stream<String> problem(SettingsFile settings, String store, Path file) {
        if (Files.isRegularFile(file) && Files.isReadable(file)) {
            return Stream.of();
        }
        String why = Files.notExists(file)
                ? "does not exist"
                : "is no file that " + System.getProperty("user.name") + " may read";
        String hint =
                file.isAbsolute() ? "" : "; Kafka takes it from where the command was started: write the whole path";
        return settings.filesAt("kafka", List.of("properties", store)).stream()
                .map(named -> named.place() + ": " + named.setting() + ": " + file.toAbsolutePath() + " " + why + hint);
    }
}
