package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.events.access.Action;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Records that somebody reads the archive by a command, where Kafka can be reached; else says that it is not recorded. */
final class ReadingRecord {

    private final KafkaSettings kafka;
    private final ReadingSettings readings;
    private final PrintWriter err;

    ReadingRecord(SettingsFile settings, PrintWriter err) {
        kafka = settings.section("kafka", KafkaSettings.class);
        readings = settings.section("console", ConsoleSettings.class).readings();
        this.err = err;
    }

    /**
     * Before anything is shown.
     *
     * @param subjects the people whom the question names, as the archive names them
     * @return whether Kafka took it
     */
    boolean leave(Action action, AskedText asked, List<String> subjects) {
        try (ReadingTrace trace = ReadingTrace.ofCommand(kafka, readings)) {
            trace.leave(ReadingTrace.event(CommandUser.name(), null, action, asked.text(), subjects, Instant.now()));
            return true;
        } catch (WriteFailedException e) {
            err.println("this reading of the archive is not recorded: " + e.getMessage());
            return false;
        }
    }
}
