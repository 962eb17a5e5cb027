package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.console.publish.ReadingTrace;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.search.AskedText;
import dev.metsuke.events.access.Action;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Records that somebody reads the archive by a command. What cannot be recorded is not read, but with {@code --allow-untraced}, for
 * emergencies.
 */
final class ReadingRecord {

    private static final String OPTION = "--allow-untraced";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = OPTION,
            description = "For an emergency: read the archive even where Kafka does not take the record of it.")
    private boolean allowUntraced;

    /**
     * Before anything is shown.
     *
     * @param subjects the people whom the question names, as the archive names them
     * @return whether Kafka took it
     * @throws WriteFailedException where it did not, and nothing allows to go on
     */
    boolean leave(SettingsFile settings, Action action, AskedText asked, List<String> subjects)
            throws WriteFailedException {
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        ReadingSettings readings =
                settings.section("console", ConsoleSettings.class).readings();
        try (ReadingTrace trace = ReadingTrace.ofCommand(kafka, readings)) {
            trace.leave(ReadingTrace.event(CommandUser.name(), null, action, asked.text(), subjects, Instant.now()));
            return true;
        } catch (WriteFailedException e) {
            if (!allowUntraced) {
                throw new WriteFailedException(
                        "the archive is not read, as that cannot be recorded: " + e.getMessage()
                                + "; mend that, or, in an emergency, read it without a record by " + OPTION,
                        e);
            }
            spec.commandLine()
                    .getErr()
                    .println("WITHOUT A TRACE: this reading of the archive is not recorded (" + e.getMessage()
                            + "); write down who read what, when and why: nobody can tell it later");
            return false;
        }
    }
}
