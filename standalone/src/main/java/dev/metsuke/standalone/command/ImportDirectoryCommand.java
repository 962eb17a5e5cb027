package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import-directory",
        description = "Tells whose account is whose, from a CSV file.",
        footer = {
            "",
            "Columns: account and where known person,name,email,department,employment,calendar,contract_end;",
            "UTF-8 or Shift_JIS. An account's later entry replaces its earlier one."
        },
        mixinStandardHelpOptions = true)
final class ImportDirectoryCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "FILE.csv", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check the file only.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        SettingsFile settings = configuration.load();
        DirectoryCsv csv = DirectoryCsv.read(
                InputFile.read(file),
                settings.section("console", ConsoleSettings.class).zoneOrSystems());
        if (!csv.problems().isEmpty()) {
            csv.problems().stream()
                    .map(Problem::describe)
                    .forEach(line -> spec.commandLine().getErr().println(file + ": " + line));
            spec.commandLine().getErr().println("nothing was imported; mend the file and import it again");
            return 1;
        }
        if (!dryRun) {
            try (DirectoryEntries publisher = new DirectoryEntries(settings.section("kafka", KafkaSettings.class))) {
                publisher.publish(csv.entries());
            }
        }
        spec.commandLine()
                .getOut()
                .println((dryRun ? "would import " : "imported ")
                        + csv.entries().size() + " accounts (read as " + csv.encoding() + ")");
        return 0;
    }
}
