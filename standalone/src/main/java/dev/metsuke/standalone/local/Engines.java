package dev.metsuke.standalone.local;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.net.URI;
import java.util.List;

/**
 * Where Kafka and Elasticsearch are.
 *
 * @param kafka the brokers
 * @param elasticsearch the cluster
 */
public record Engines(KafkaSettings kafka, ElasticsearchSettings elasticsearch) {

    /**
     * The ones that the settings name.
     *
     * @throws InvalidSettingsException where they are wrong, or name a file for Kafka's clients that these could not read
     */
    public static Engines of(SettingsFile settings) {
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        List<String> problems = KafkaFiles.problems(settings, kafka);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Engines(kafka, settings.section("elasticsearch", ElasticsearchSettings.class));
    }

    /** The embedded ones, all else as the settings say. */
    static Engines embedded(SettingsFile settings, String bootstrapServers, URI url) {
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        // One broker holds one copy, whatever the settings want of a cluster.
        return new Engines(
                new KafkaSettings(bootstrapServers, kafka.partitions(), (short) 1, kafka.properties()),
                ElasticsearchSettings.of(url));
    }
}
