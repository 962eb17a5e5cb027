package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.StatusCsv;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import-statuses",
        description = "Reports many at once, from a CSV file.",
        footer = {
            "",
            "Columns: account,status,effective_at and where wanted reported_at,department,note,report_id;",
            "UTF-8 or Shift_JIS. One bad row and nothing is reported; the same file twice changes nothing."
        },
        mixinStandardHelpOptions = true)
final class ImportStatusesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(paramLabel = "FILE.csv", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Check the file and say what would be reported.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, WriteFailedException {
        SettingsFile settings = configuration.load();
        PrintWriter out = spec.commandLine().getOut();
        StatusCsv csv = StatusCsv.read(
                InputFile.read(file),
                new StatusDraft.Circumstances(
                        System.getProperty("user.name"),
                        Instant.now(),
                        settings.section("console", ConsoleSettings.class).zoneOrSystems()));
        if (!csv.problems().isEmpty()) {
            csv.problems().stream()
                    .map(Problem::describe)
                    .forEach(line -> spec.commandLine().getErr().println(file + ": " + line));
            spec.commandLine().getErr().println("nothing was reported; mend the file and import it again");
            return 1;
        }
        if (dryRun) {
            csv.reports()
                    .forEach(report -> out.println("would report: " + report.account() + " "
                            + report.status().label() + " from " + report.effectiveAt()));
        } else {
            try (StatusReports publisher = new StatusReports(settings.section("kafka", KafkaSettings.class))) {
                publisher.publish(csv.reports());
            }
        }
        out.println((dryRun ? "would report " : "reported ") + csv.reports().size() + " (" + csv.repeated()
                + " repeated rows, read as " + csv.encoding() + ")");
        return 0;
    }
}
