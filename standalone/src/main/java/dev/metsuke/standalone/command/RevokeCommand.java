package dev.metsuke.standalone.command;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.account.VisibleText;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "revoke",
        description = "Reports that an account's standing changes: retired, transferred, suspended, …",
        footer = {
            "",
            "Examples:",
            "  metsuke revoke sato --status retired --effective 2026-10-31T18:00:00+09:00",
            "  metsuke revoke suzuki --status transferred --department Logistics --effective 2026-11-01",
            "  metsuke revoke --person 1003 --status suspended"
        },
        mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @ArgGroup(multiplicity = "1")
    private Whose whose = new Whose();

    @Option(
            names = "--status",
            required = true,
            paramLabel = "STATUS",
            description =
                    "retired, transferred, suspended, contract-ended or reinstated; or taken-back, of the report that"
                            + " --report-id names, which then counts as never made.")
    private String status = "";

    @Option(
            names = "--effective",
            paramLabel = "TIME",
            description = "From when on, such as 2026-10-31 or 2026-10-31T18:00:00+09:00; without it, from now on."
                    + " A time without an offset is meant in console.zone.")
    private @Nullable String effective;

    @Option(names = "--department", paramLabel = "NAME", description = "The new department; a transfer needs it.")
    private @Nullable String department;

    @Option(names = "--note", paramLabel = "TEXT", description = "Free words, kept with the report.")
    private @Nullable String note;

    @Option(
            names = "--report-id",
            paramLabel = "ID",
            description = "What the report is called; giving the id of an earlier report corrects that one.")
    private @Nullable String reportId;

    /** An account, or everything that a person has. */
    private static final class Whose {

        @Parameters(index = "0", paramLabel = "ACCOUNT", description = "The account, as the archive knows it.")
        private @Nullable String account;

        @Option(
                names = "--person",
                paramLabel = "NUMBER",
                description = "The person's number in the directory: every account of that person.")
        private @Nullable String person;
    }

    @Override
    public Integer call() throws WriteFailedException {
        SettingsFile settings = configuration.load();
        KafkaSettings kafka = settings.section("kafka", KafkaSettings.class);
        StatusReports publisher = new StatusReports(new SerialWriter(kafka));
        Instant now = Instant.now();
        StatusDraft.Circumstances circumstances = new StatusDraft.Circumstances(
                CommandUser.name(),
                now,
                settings.section("console", ConsoleSettings.class).zoneOrSystems());
        StatusDraft draft = draft(now);
        String person = draft.person();
        StatusReports.Checked checked = person == null
                ? publish(publisher, draft, circumstances)
                : publish(publisher, person, draft, circumstances);
        checked.problems().stream()
                .map(Problem::describe)
                .forEach(spec.commandLine().getErr()::println);
        if (!checked.problems().isEmpty()) {
            return 2;
        }
        checked.reports()
                .forEach(report -> spec.commandLine()
                        .getOut()
                        .println("reported: " + report.account() + " "
                                + report.status().label() + " from " + report.effectiveAt() + " (report "
                                + report.reportId() + ")"));
        if (person == null) {
            StrangerNotice.print(
                    checked.reports().stream().map(StatusReport::account).toList(),
                    kafka,
                    spec.commandLine().getErr());
        }
        TransferNotice.print(
                checked.reports(), settings, kafka, spec.commandLine().getErr());
        return 0;
    }

    /** HR's words, as they were written; a person's number as the directory has it. */
    StatusDraft draft(Instant now) {
        return new StatusDraft(
                whose.account,
                status,
                effective == null ? now.toString() : effective,
                null,
                department,
                note,
                reportId,
                whose.person == null ? null : EnteredText.halfWidth(VisibleText.trimmed(whose.person)));
    }

    private static StatusReports.Checked publish(
            StatusReports publisher, StatusDraft draft, StatusDraft.Circumstances circumstances)
            throws WriteFailedException {
        StatusReports.Checked checked = StatusReports.Checked.of(List.of(draft), circumstances, List.of());
        return checked.problems().isEmpty()
                ? publisher.publish(checked.reports(), circumstances.now()).checked()
                : checked;
    }

    private static StatusReports.Checked publish(
            StatusReports publisher, String person, StatusDraft draft, StatusDraft.Circumstances circumstances)
            throws WriteFailedException {
        return publisher
                .publish(draft, circumstances.now(), accounts -> checkPerson(person, accounts, draft, circumstances))
                .checked();
    }

    private static StatusReports.Checked checkPerson(
            String person, List<AccountId> accounts, StatusDraft draft, StatusDraft.Circumstances circumstances) {
        if (accounts.isEmpty()) {
            return new StatusReports.Checked(
                    List.of(),
                    List.of(Problem.ofField(
                            "person",
                            "the directory gives " + person + " no account; name the account, or bring the directory"
                                    + " up to date: metsuke import-directory")));
        }
        return StatusReports.Checked.of(accounts.stream().map(draft::with).toList(), circumstances, List.of());
    }
}
