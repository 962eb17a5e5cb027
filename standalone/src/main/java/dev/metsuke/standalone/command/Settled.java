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
 *
 * @param at when
 * @param isKnown whether Kafka could be asked
 */
record Settled(Instant at, boolean isKnown) {

    /**
     * Asks Kafka, where the settings say how.
     *
     * @param settle how long a record may take into the archive
     * @param topics whose records
     * @param what they are, as in "what was sealed"
     * @param teller told where the archive is behind, or Kafka cannot be asked
     */
    static Settled of(SettingsFile settings, Duration settle, Set<Topic> topics, String what, Consumer<String> teller) {
        Instant usual = Instant.now().minus(settle);
        if (!settings.sections().contains("kafka")) {
            return new Settled(usual, false);
        }
        String groupId = settings.section("archive", ArchiveSettings.class).groupId();
        try {
            Optional<Instant> waiting =
                    Backlog.waitingSince(settings.section("kafka", KafkaSettings.class), groupId, topics, usual);
            if (waiting.isEmpty()) {
                return new Settled(usual, true);
            }
            Instant behind = waiting.get().minus(settle);
            teller.accept("the archive is behind: of " + what + " after " + behind
                    + " it may not have all yet; until it has, what is missing of that cannot be told");
            return new Settled(behind, true);
        } catch (IOException | InvalidSettingsException e) {
            teller.accept("whether the archive is behind is not known (" + e.getMessage() + "); " + what + " more than "
                    + settle.toSeconds() + " seconds ago is taken to be in it");
            return new Settled(usual, false);
        }
    }
}
