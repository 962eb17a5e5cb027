package dev.metsuke.standalone.command;

import dev.metsuke.console.approval.ApprovalsCsv;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.status.StatusCsv;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import dev.metsuke.standalone.backtest.BacktestRun;
import dev.metsuke.standalone.backtest.BacktestText;
import dev.metsuke.standalone.backtest.Circumstances;
import dev.metsuke.standalone.backtest.EventFiles;
import dev.metsuke.standalone.backtest.PastEvents;
import dev.metsuke.standalone.backtest.Told;
import dev.metsuke.standalone.terminal.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "backtest",
        description = "Tries a policy on events of the past, without any server.",
        footer = {
            "",
            "Judges as detection would have: events take effect at event.created, else at @timestamp, reports when"
                    + " they were reported; without reported_at, when they took effect. Dates without an offset are"
                    + " meant in the policy's zone.",
            "",
            "Exit code: 0 judged (lines that are no events are told and left out), 2 input or settings cannot be used.",
            "",
            "Examples:",
            "  metsuke backtest --policy new.yml --events events.ndjson --out alerts.ndjson",
            "  metsuke backtest --policy new.yml --compare metsuke.yml --events events.ndjson --out alerts.ndjson",
            "  metsuke backtest --policy new.yml --source portal --events access.log --out alerts.ndjson"
        },
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {

    private static final int PROBLEMS_SHOWN = 10;
    private static final String THE_POLICY = "the policy";
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "Settings with the policy to try.")
    private Path policy = Path.of("");

    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "ECS events, one a line, in the order of their arrival; with --source, its raw logs. Several"
                    + " files are merged by arrival.")
    private List<Path> events = new ArrayList<>();

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "The source of the settings that describes the logs.")
    private @Nullable String source;

    @Option(
            names = "--status",
            paramLabel = "CSV",
            description = "Status reports: account, status, effective_at, reported_at, department, note.")
    private @Nullable Path status;

    @Option(
            names = "--approvals",
            paramLabel = "CSV",
            description = "Approved exports: account, dataset, from, until, max_records, ticket.")
    private @Nullable Path approvals;

    @Option(
            names = "--directory",
            paramLabel = "CSV",
            description = "Whose the accounts are, as import-directory takes it.")
    private @Nullable Path directory;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Every message about an alert, one JSON document a line, with the time in event.created.")
    private Path out = Path.of("");

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Another policy; tells which alerts come and go against it.")
    private @Nullable Path compare;

    private long rejected;

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        refuseUnfitOutput();
        Policy trying = policy(policy);
        @Nullable Policy other = compare == null ? null : policy(compare);
        PastEvents files = files();
        Circumstances circumstances = circumstances(trying.zone());
        // When the events begin is not read yet, and exceptions that are past by now may have held then.
        PolicyNotice.lines(trying, circumstances.entries(), Instant.MIN)
                .forEach(spec.commandLine().getErr()::println);
        long start = System.nanoTime();
        BacktestRun run;
        try (WholeFile alerts = WholeFile.at(out)) {
            run = BacktestRun.of(trying, files, circumstances, told -> write(told, alerts), this::reject);
            if (run.events() == 0) {
                throw new IOException("nothing was judged: there is no event in "
                        + events.stream().map(Path::toString).collect(Collectors.joining(", ")));
            }
            alerts.keep();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        text.print(BacktestText.summary(run));
        text.println(String.format(
                Locale.ROOT,
                "%d events in %.1f s, %.0f a second; policy %s; alerts in %s",
                run.events(),
                seconds,
                run.events() / seconds,
                trying.versionName(),
                out));
        if (run.misplaced() > 0) {
            text.println(Numbers.counted(run.misplaced(), "event stands", "events stand")
                    + " behind others that arrived more than the policy's lateness later, the latest at "
                    + run.latestArrival() + ", and " + (run.misplaced() == 1 ? "counts" : "count")
                    + " as late; sort the files by"
                    + " event.created, or @timestamp where that is absent, and take out what a clock that was"
                    + " wrong dated ahead");
        }
        if (rejected > 0) {
            text.println(Numbers.counted(rejected, "line is no event and was", "lines are no events and were")
                    + " left out");
        }
        noteNamesWithoutEvents(run, trying, circumstances);
        UncountedReadsNotice.of(run.nobodys()).ifPresent(spec.commandLine().getErr()::println);
        if (other != null) {
            BacktestRun against = BacktestRun.of(other, files, circumstances, _ -> {}, _ -> {});
            text.println();
            text.print(BacktestText.difference(run, policy.toString(), against, String.valueOf(compare)));
        }
        text.flush();
        return 0;
    }

    private static Policy policy(Path file) {
        return SettingsFile.load(file).givenSection("policy", Policy.class);
    }

    private void refuseUnfitOutput() throws IOException {
        if (out.equals(STANDARD_OUTPUT)) {
            throw new ParameterException(
                    spec.commandLine(), "--out needs a file, as the summary goes to standard output; ./- is one");
        }
        Stream<Path> given =
                Stream.of(policy, compare, status, approvals, directory).filter(Objects::nonNull);
        for (Path read : Stream.of(events.stream(), given, configuration.files().stream())
                .flatMap(paths -> paths)
                .toList()) {
            if (Files.exists(out) && Files.exists(read) && Files.isSameFile(read, out)) {
                throw new ParameterException(spec.commandLine(), "--out would overwrite " + read);
            }
        }
    }

    private PastEvents files() throws IOException {
        boolean isReadAgain = events.size() > 1 || source != null || compare != null;
        for (Path file : events) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new IOException(file + " cannot be read; name an existing file of events");
            }
            if (isReadAgain && !Files.isRegularFile(file)) {
                throw new IOException(
                        file + " is no plain file, and can be read only once: write what it gives to a file,"
                                + " since --compare, --source and several files read again");
            }
        }
        if (source == null) {
            return EventFiles.ndjson(events);
        }
        ShipperSettings shipper = configuration.load().section("shipper", ShipperSettings.class);
        return EventFiles.logs(
                shipper,
                shipper.sources().stream()
                        .filter(candidate -> candidate.name().equals(source))
                        .findFirst()
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "no source is called " + source + "; the settings have "
                                        + shipper.sources().stream()
                                                .map(candidate -> candidate.name())
                                                .toList())),
                events);
    }

    private Circumstances circumstances(ZoneId zone) throws IOException {
        List<String> problems = new ArrayList<>();
        var entries = directory == null ? null : DirectoryCsv.read(InputFile.read(directory), zone);
        var reports = status == null
                ? null
                : StatusCsv.read(
                        InputFile.read(status), new StatusDraft.Circumstances("backtest", Instant.now(), zone, true));
        var granted = approvals == null ? null : ApprovalsCsv.read(InputFile.read(approvals), "backtest", zone);
        note(problems, directory, entries == null ? List.of() : entries.problems());
        note(problems, status, reports == null ? List.of() : reports.problems());
        note(problems, approvals, granted == null ? List.of() : granted.problems());
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Circumstances(
                entries == null ? List.of() : entries.entries(),
                reports == null ? List.of() : reports.reports(),
                granted == null ? List.of() : granted.approvals());
    }

    private static void note(List<String> all, @Nullable Path file, List<Problem> problems) {
        problems.forEach(problem -> all.add(file + ": " + problem.describe()));
    }

    private void noteNamesWithoutEvents(BacktestRun run, Policy trying, Circumstances circumstances) {
        KnownNames accounts = KnownNames.ofAccounts(
                run.accounts().stream().map(AccountId::value).toList());
        KnownNames datasets = new KnownNames(run.datasets());
        Stream.of(
                        NoEventNotice.ofAccounts(THE_POLICY, trying.accounts(Instant.MIN), accounts),
                        NoEventNotice.ofAccounts(
                                String.valueOf(directory),
                                names(circumstances.entries(), DirectoryEntry::account),
                                accounts),
                        NoEventNotice.ofAccounts(
                                String.valueOf(status),
                                names(circumstances.reports(), StatusReport::account),
                                accounts),
                        NoEventNotice.ofAccounts(
                                String.valueOf(approvals),
                                names(circumstances.approvals(), ExportApproval::account),
                                accounts),
                        NoEventNotice.ofDatasets(THE_POLICY, trying.datasets(), datasets),
                        NoEventNotice.ofDatasets(
                                String.valueOf(approvals),
                                circumstances.approvals().stream()
                                        .map(ExportApproval::dataset)
                                        .toList(),
                                datasets))
                .flatMap(Optional::stream)
                .forEach(spec.commandLine().getErr()::println);
    }

    private static <T> List<String> names(List<T> all, Function<T, AccountId> account) {
        return all.stream().map(each -> account.apply(each).value()).toList();
    }

    private void reject(String reason) {
        if (rejected++ < PROBLEMS_SHOWN) {
            spec.commandLine().getErr().println(reason);
        }
    }

    private static void write(Told told, WholeFile to) {
        try {
            to.write(told.alert().toJson(told.at()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
