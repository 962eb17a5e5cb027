package dev.metsuke.standalone.command;

import dev.metsuke.standalone.terminal.Logging;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * Subcommands that the same people use; {@code metsuke --help} shows them so.
 *
 * @param title whose they are
 * @param commands the subcommands
 */
public record CommandGroup(String title, List<CommandLine> commands) {

    public CommandGroup {
        commands = List.copyOf(commands);
    }

    /** Adds all groups to the command, and shows them in its help rather than picocli's flat list. */
    public static void addTo(CommandLine root) {
        List<CommandGroup> groups = all();
        groups.stream()
                .flatMap(group -> group.commands.stream())
                .forEach(command -> root.addSubcommand(command.getCommandName(), command));
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> describe(groups));
    }

    /** Runs what was asked for. A part's log is all that there is to see of it; that of other commands is beside what they say. */
    public static int run(ParseResult asked) {
        if (asked.asCommandLineList().stream().noneMatch(line -> line.getCommand() instanceof PartCommand)) {
            Logging.withoutKafkasWarnings();
        }
        return new CommandLine.RunLast().execute(asked);
    }

    private static List<CommandGroup> all() {
        return List.of(
                group("To see it work", new DemoCommand(), new UpCommand()),
                group(
                        "HR: who retired, transferred, was suspended or came back",
                        new RevokeCommand(),
                        new ImportStatusesCommand(),
                        new ImportDirectoryCommand()),
                group("Security officer: what is allowed beforehand", new ImportApprovalsCommand()),
                group(
                        "Auditor: what was read, when, by whom",
                        new SearchCommand(),
                        new WhoReadCommand(),
                        new VerifyCommand(),
                        new ExportCommand(),
                        new RetrohuntCommand(),
                        new HoldCommand(),
                        new PseudonymCommand()),
                group(
                        "Operator: one part at a time, against your own Kafka and Elasticsearch",
                        new CheckCommand(),
                        new SetupCommand(),
                        new ParseCommand(),
                        new ShipCommand(),
                        new SealKeyCommand(),
                        new PolicyCommand(),
                        new DetectCommand(),
                        new ArchiveCommand(),
                        new ConsoleCommand(),
                        new HashPasswordCommand()),
                group(
                        "Trying rules out: what they find, and what they miss",
                        new SimulateCommand(),
                        new BacktestCommand(),
                        new EvaluateCommand()),
                group("Developer: what it costs", new BenchCommand()));
    }

    private static CommandGroup group(String title, Object... commands) {
        return new CommandGroup(
                title, List.of(commands).stream().map(CommandLine::new).toList());
    }

    private static String describe(List<CommandGroup> groups) {
        StringBuilder text = new StringBuilder();
        for (CommandGroup group : groups) {
            text.append(System.lineSeparator()).append(group.title).append(':').append(System.lineSeparator());
            for (CommandLine command : group.commands) {
                CommandSpec spec = command.getCommandSpec();
                text.append("  %-18s %s%n"
                        .formatted(spec.name(), spec.usageMessage().description()[0]));
            }
        }
        return text.toString();
    }
}
