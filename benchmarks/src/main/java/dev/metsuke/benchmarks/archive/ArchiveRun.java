package dev.metsuke.benchmarks.archive;

import dev.metsuke.archive.Archive;
import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;

/** Metsuke's archive in a process of its own: ends once so many events are archived and that is committed. */
final class ArchiveRun {

    static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private static final int POLL_MILLIS = 20;

    private ArchiveRun() {}

    /** Arguments: settings file, number of events, number of seals. */
    public static void main(String[] args) throws InterruptedException {
        SettingsFile settings = SettingsFile.load(Path.of(args[0]));
        long events = Long.parseLong(args[1]);
        long seals = Long.parseLong(args[2]);
        try (Archive archive = new Archive(
                settings.section("kafka", KafkaSettings.class),
                settings.section("elasticsearch", ElasticsearchSettings.class),
                settings.section("archive", ArchiveSettings.class),
                new SimpleMeterRegistry())) {
            archive.start();
            while (archive.snapshot().archived(Topic.ACCESS_EVENTS) < events
                    || archive.snapshot().archived(Topic.SEALS) < seals) {
                if (archive.condition() instanceof Condition.Failed(String reason)) {
                    throw new IllegalStateException(reason);
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }
}
