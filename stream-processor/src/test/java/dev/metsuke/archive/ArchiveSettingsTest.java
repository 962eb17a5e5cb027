package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.archive.index.BulkSettings;
import dev.metsuke.archive.retention.RetentionSettings;
import dev.metsuke.archive.setup.IndexSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    @Test
    void hasTheseDefaults() {
        assertThat(SettingsFile.defaults().section("archive", ArchiveSettings.class))
                .isEqualTo(new ArchiveSettings(
                        "metsuke-archive",
                        new BulkSettings(
                                5 * 1024 * 1024,
                                5_000,
                                Duration.ofMillis(200),
                                4,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(60)),
                        new IndexSettings(1, "0-1", Duration.ofSeconds(1), Duration.ofMillis(500)),
                        new RetentionSettings(10, Map.of(), Duration.ofHours(1), null)));
    }

    @Test
    void readsEverySetting() {
        String yaml = """
            archive:
              group-id: other
              bulk:
                bytes: 1000
                documents: 10
                linger: 1s
                in-flight: 2
                retry-max-backoff: 2s
                request-timeout: 3s
              indices:
                shards: 3
                replicas: 2
                refresh-interval: 5s
                alert-refresh-interval: 2s
              retention:
                years: 7
                kinds: {rejected: 1}
                check-interval: 10m
                snapshot-policy: nightly
            """;
        assertThat(settings(yaml))
                .isEqualTo(new ArchiveSettings(
                        "other",
                        new BulkSettings(
                                1000, 10, Duration.ofSeconds(1), 2, Duration.ofSeconds(2), Duration.ofSeconds(3)),
                        new IndexSettings(3, "2", Duration.ofSeconds(5), Duration.ofSeconds(2)),
                        new RetentionSettings(7, Map.of(ArchiveIndex.REJECTED, 1), Duration.ofMinutes(10), "nightly")));
    }

    @Test
    void reportsEveryProblem() {
        String yaml = """
            archive:
              bulk: {bytes: 0, in-flight: 0}
              indices: {shards: 0, replicas: many}
              retention: {years: 0, kinds: {alerts: 0}, check-interval: 0s, snapshot-policy: " "}
            """;
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("bytes must be 1 or more")
                .hasMessageContaining("in-flight must be 1 or more")
                .hasMessageContaining("shards must be 1 to 1024")
                .hasMessageContaining("replicas must be a number")
                .hasMessageContaining("years must be 1 to 1000, not 0")
                .hasMessageContaining("kinds must have 1 to 1000 years each")
                .hasMessageContaining("check-interval must be more than zero")
                .hasMessageContaining("snapshot-policy must not be blank");
    }

    private static ArchiveSettings settings(String yaml) {
        return SettingsFile.of(yaml, "metsuke.yml", Path.of("/")).section("archive", ArchiveSettings.class);
    }
}
