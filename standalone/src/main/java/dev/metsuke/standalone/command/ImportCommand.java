package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a CSV file to Kafka: all of it, or with any bad row nothing. */
abstract class ImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "FILE.csv", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check the file, say what would be done, do nothing.")
    private boolean dryRun;

    /** What a file says. */
    interface Content {

        List<Problem> problems();

        /** One line a row, for a dry run. */
        List<String> rows();

        /** How many rows there are, and how they were read. */
        String summary();

        /** The accounts of which it says what only makes sense of accounts that there are. */
        List<AccountId> named();

        /** What it says of the directory, which the policy should fit. */
        default List<DirectoryEntry> directory() {
            return List.of();
        }

        /** What it says of how accounts stand, which the policy and the directory should fit. */
        default List<StatusReport> reports() {
            return List.of();
        }

        /** The datasets of which it approves exports, which the policy should name. */
        default List<String> datasets() {
            return List.of();
        }

        /** What is wrong with it by what is known already; for a dry run, as publishing finds it itself. */
        default List<Problem> refused(KafkaSettings kafka) throws WriteFailedException {
            return List.of();
        }

        /** What else would come of it, by what is known already; for a dry run. */
        default String tried(KafkaSettings kafka) {
            return "";
        }

        /** Answers what is to be told beside the summary; nothing where all of it was new. */
        String publish(KafkaSettings kafka) throws WriteFailedException;
    }

    abstract Content read(byte[] bytes, ZoneId zone);

    @Override
    public Integer call() throws IOException, WriteFailedException {
        SettingsFile settings = configuration.load();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Content content =
                read(bytes(), settings.section("console", ConsoleSettings.class).zoneOrSystems());
        if (!content.problems().isEmpty()) {
            tell(content.problems(), err);
            return 1;
        }
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        if (dryRun) {
            List<Problem> refused = content.refused(kafka);
            if (!refused.isEmpty()) {
                tell(refused, err);
                return 1;
            }
            content.rows().forEach(row -> out.println("would report: " + row));
            out.println("dry run: " + content.summary() + content.tried(kafka));
        } else {
            String told = content.publish(kafka);
            out.println("imported " + content.summary() + told);
        }
        StrangerNotice.print(content.named(), kafka, err);
        TransferNotice.print(content.reports(), settings, kafka, err);
        DatasetNotice.print(content.datasets(), settings, kafka, err);
        PolicyNotice.printOfCalendars(content.directory(), settings, kafka, err);
        return 0;
    }

    private void tell(List<Problem> problems, PrintWriter err) {
        problems.stream().map(Problem::describe).forEach(line -> err.println(file + ": " + line));
        err.println("nothing was done; mend the file and import it again");
    }

    private byte[] bytes() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read (" + e + "); name an existing file", e);
        }
    }
}
