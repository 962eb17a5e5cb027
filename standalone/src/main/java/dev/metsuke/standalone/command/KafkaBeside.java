package dev.metsuke.standalone.command;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.Backlog;
import dev.metsuke.archive.compare.KafkaUnreadException;
import dev.metsuke.archive.compare.RecordComparison;
import dev.metsuke.archive.compare.RecordReport;
import dev.metsuke.archive.verify.Headway;
import dev.metsuke.archive.verify.KafkaSeals;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.UnreadTopicException;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What Kafka says beside an archive that is verified, where the settings name it. */
final class KafkaBeside {

    private final SettingsFile settings;
    private final Duration settle;
    private final Consumer<String> teller;
    private final boolean isNamed;
    /** Whether it is not known how far the archive is; then nothing else is asked. */
    private boolean isAway;

    private boolean isUnread;

    /**
     * Asks nothing yet.
     *
     * @param settle how long a record may take into the archive
     * @param teller told where the archive is behind, and of all that Kafka did not answer
     */
    KafkaBeside(SettingsFile settings, Duration settle, Consumer<String> teller) {
        this.settings = settings;
        this.settle = settle;
        this.teller = teller;
        isNamed = settings.sections().contains("kafka");
    }

    /** Whether it is named and left a question open, so that nobody may say that all is whole. */
    boolean isUnread() {
        return isUnread;
    }

    /**
     * What was taken until then must be in the archive; empty where it is not known.
     *
     * @param topics whose records
     * @param what they are, as in "what was sealed"
     */
    Optional<Instant> settled(Set<Topic> topics, String what) {
        Optional<Instant> known = isNamed ? asked(topics, what) : Optional.empty();
        isAway = known.isEmpty();
        isUnread |= isNamed && isAway;
        return known;
    }

    private Optional<Instant> asked(Set<Topic> topics, String what) {
        String groupId = settings.section("archive", ArchiveSettings.class).groupId();
        Instant usual = usual();
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

    /** As if the archive were not behind: what lines prove rests on seals, and they are verified all the same. */
    Instant assumed() {
        if (isNamed) {
            teller.accept(
                    "what was sealed more than " + settle.toSeconds() + " seconds ago is taken to be in the archive");
        }
        return usual();
    }

    private Instant usual() {
        return Instant.now().minus(settle);
    }

    /** The last seal of each stream that must be archived. */
    List<Seal> lastSeals(Instant settled, Headway headway) {
        try {
            return KafkaSeals.last(settings.section("kafka", KafkaSettings.class), settled, headway);
        } catch (UnreadTopicException e) {
            unread("the archive's last seals are not compared with Kafka's: " + e.getMessage());
            return List.of();
        }
    }

    /** What is in no chain, beside as much of it as Kafka can be asked about. */
    void compareRecords(WatchedArchive watched, Consumer<RecordReport> reports) throws IOException {
        Optional<Instant> settled = isAway
                ? Optional.empty()
                : settled(RecordComparison.TOPICS, "alerts, reports and the like that Kafka took");
        if (settled.isEmpty()) {
            teller.accept("what is in no chain (alerts, triage, reports, approvals, policies, the directory, holds)"
                    + " is not compared with Kafka, which "
                    + (isNamed ? "cannot be asked" : "the settings do not name"));
            return;
        }
        RecordComparison comparison = new RecordComparison(
                watched.client(),
                watched.brief(),
                settings.section("kafka", KafkaSettings.class),
                settings.section("archive", ArchiveSettings.class).retention(),
                settled.get());
        for (Topic topic : RecordComparison.TOPICS) {
            try {
                reports.accept(comparison.compare(topic));
            } catch (KafkaUnreadException e) {
                unread(String.valueOf(e.getMessage()));
            }
        }
    }

    private void unread(String why) {
        teller.accept(PlainText.of(why));
        isUnread = true;
    }
}
