package dev.metsuke.standalone.command;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.Backlog;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Up to when the archive has all: what is later may still be on its way, since it is young, or since the archive has not caught up
 * with Kafka.
 */
final class Settled {

    private Settled() {}

    /**
     * As Kafka tells it; empty where the settings name none, or it does not.
     *
     * @param settle how long a record may take into the archive
     * @param topics whose records
     * @param what they are, as in "what was sealed"
     * @param teller told where the archive is behind, or Kafka cannot be asked
     */
    static Optional<Instant> known(
            SettingsFile settings, Duration settle, Set<Topic> topics, String what, Consumer<String> teller) {
        if (!settings.sections().contains("kafka")) {
            return Optional.empty();
        }
        String groupId = settings.section("archive", ArchiveSettings.class).groupId();
        Instant usual = assumed(settle);
        try {
            Optional<Instant> behind = Backlog.waitingSince(
                            settings.section("kafka", KafkaSettings.class), groupId, topics, usual)
                    .map(waiting -> waiting.minus(settle));
            behind.ifPresent(since -> teller.accept("the archive is behind: of " + what + " after " + since
                    + " it may not have all yet; until it has, what is missing of that cannot be told"));
            return Optional.of(behind.orElse(usual));
        } catch (IOException | InvalidSettingsException e) {
            teller.accept("whether the archive is behind is not known (" + e.getMessage() + ")");
            return Optional.empty();
        }
    }

    /** As if it were not behind. */
    static Instant assumed(Duration settle) {
        return Instant.now().minus(settle);
    }
}
