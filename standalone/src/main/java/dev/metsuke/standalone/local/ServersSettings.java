package dev.metsuke.standalone.local;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.nio.file.Path;

/**
 * Section {@code servers}: the embedded broker and search node of {@code metsuke up}.
 *
 * @param data the folder that keeps their data, and so the archive, from one start to the next
 * @param kafkaPort the broker's port; another one serves if it is taken
 * @param kafkaHeapMegabytes the most heap the broker may use
 * @param elasticsearchPort the search node's HTTP port; another one serves if it is taken
 * @param elasticsearchHeapMegabytes the most heap the search node may use
 */
public record ServersSettings(
        @Default("metsuke-data") Path data,
        @Default("9092") int kafkaPort,
        @Default("256") int kafkaHeapMegabytes,
        @Default("9200") int elasticsearchPort,
        @Default("512") int elasticsearchHeapMegabytes) {

    public ServersSettings {
        Check.that()
                .holds(kafkaPort >= 0 && kafkaPort <= 65_535, "kafka-port must be 0 to 65535, not " + kafkaPort)
                .holds(
                        elasticsearchPort >= 0 && elasticsearchPort <= 65_535,
                        "elasticsearch-port must be 0 to 65535, not " + elasticsearchPort)
                .holds(
                        kafkaPort == 0 || kafkaPort != elasticsearchPort,
                        "elasticsearch-port must be another than kafka-port, not " + kafkaPort + " as well")
                .holds(kafkaHeapMegabytes >= 64, "kafka-heap-megabytes must be 64 or more")
                .holds(elasticsearchHeapMegabytes >= 256, "elasticsearch-heap-megabytes must be 256 or more")
                .orThrow();
    }
}
