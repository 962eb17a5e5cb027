package dev.metsuke.standalone.command;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.Backlog;
import dev.metsuke.archive.compare.RecordReport;
import dev.metsuke.archive.verify.ArchiveVerification;
import dev.metsuke.archive.verify.Headway;
import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.evidence.EvidenceVerifier;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.terminal.HeadwayTeller;
import dev.metsuke.standalone.terminal.PlainText;
import dev.metsuke.standalone.terminal.ProofText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Proves that no line is missing, altered or added: in the archive, or in an exported file.",
            "Compares the rest of the archive with what Kafka keeps of it."
        },
        footer = {
            "",
            "Exit code: 0 whole, 1 tampered with, 2 cannot be told.",
            "",
            "Examples:",
            "  metsuke verify --from 2026-11-01 --to 2026-11-30 --keys keys.json",
            "  metsuke verify --stream db1/crm --seals /media/worm/seals.ndjson",
            "  metsuke verify --days 8 --keys keys.json --metrics /var/lib/prometheus/node-exporter/metsuke.prom",
            "  metsuke verify export.zip --keys db1.public.pem"
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
final class VerifyCommand implements Callable<Integer> {

    private static final String DAYS = "--days";
    private static final int MOST_DAYS = 36_500;

    /** What only an archive can be asked. */
    private static final List<String> OF_ARCHIVE =
            List.of("--from", "--to", DAYS, "--stream", "--seals", "--settle", "--metrics");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Mixin
    private TrustedKeys keys = new TrustedKeys();

    @Mixin
    private TimeRange range = new TimeRange();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.zip",
            description = "An exported file; without it, the archive is verified.")
    private @Nullable Path bundle;

    @Option(names = "--stream", paramLabel = "STREAM", description = "One stream, such as db1/crm; all without it.")
    private @Nullable String stream;

    @Option(
            names = "--seals",
            paramLabel = "FILE",
            description = "Seals from elsewhere, such as the shipper's seal file on other media.")
    private @Nullable Path seals;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "How long a line may take into the archive after it was sealed (default 300 seconds), beside what"
                            + " waits in Kafka, where the settings have a section kafka.")
    private long settleSeconds = 300;

    @Option(
            names = DAYS,
            paramLabel = "DAYS",
            description = "The last so many days, for a job; instead of --from and --to.")
    private @Nullable Integer days;

    @Option(
            names = "--metrics",
            paramLabel = "FILE.prom",
            description = "Write what was found out for Prometheus, too: a file for the textfile collector of its node"
                    + " exporter.")
    private @Nullable Path metrics;

    @Override
    public Integer call() {
        refuseUnfitOptions();
        try {
            Path file = bundle;
            return exitCode(file == null ? verifyArchive() : verifyBundle(file));
        } catch (IOException e) {
            err().println(PlainText.of("cannot be told: " + e.getMessage()));
            return exitCode(Outcome.UNKNOWN);
        }
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome) {
            case WHOLE -> 0;
            case TAMPERED -> 1;
            case UNKNOWN -> 2;
        };
    }

    private void refuseUnfitOptions() {
        ParseResult given = spec.commandLine().getParseResult();
        Path file = bundle;
        if (file != null
                && (file.toString().endsWith(".json") || file.toString().endsWith(".pem"))) {
            throw new ParameterException(
                    spec.commandLine(), file + " is no exported file; write --keys before each file of keys");
        }
        if (file != null) {
            OF_ARCHIVE.stream().filter(given::hasMatchedOption).findFirst().ifPresent(option -> {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " is for the archive; " + file + " is verified as it is: leave one of them out");
            });
        }
        Integer asked = days;
        if (asked != null && (given.hasMatchedOption("--from") || given.hasMatchedOption("--to"))) {
            throw new ParameterException(spec.commandLine(), "give " + DAYS + ", or --from and --to");
        }
        if (asked != null && (asked < 1 || asked > MOST_DAYS)) {
            throw new ParameterException(spec.commandLine(), DAYS + " is " + asked + "; it can be 1 to " + MOST_DAYS);
        }
    }

    private Outcome verifyBundle(Path file) throws IOException {
        KeyRing ring = new KeyRing(keys.readFiles().keys());
        warnWithoutKeys(ring);
        EvidenceVerdict verdict = EvidenceVerifier.verify(file, ring, () -> years(configuration.load()), Instant.now());
        ProofText.of(verdict).forEach(out()::println);
        if (verdict.forgery() != null) {
            return Outcome.TAMPERED;
        }
        return verdict.isProven() ? Outcome.WHOLE : Outcome.UNKNOWN;
    }

    private Outcome verifyArchive() throws IOException {
        Path file = metrics;
        if (file == null) {
            return verifyArchive(new ArrayList<>());
        }
        // Opened first: that it cannot be written is better known before hours of work.
        try (VerificationMetrics told = VerificationMetrics.to(file)) {
            List<StreamReport> reports = new ArrayList<>();
            Outcome outcome = Outcome.UNKNOWN;
            try {
                outcome = verifyArchive(reports);
            } finally {
                told.write(outcome, reports, Instant.now());
            }
            return outcome;
        }
    }

    /** Adds to the reports what is found out, also where it comes to no end. */
    private Outcome verifyArchive(List<StreamReport> reports) throws IOException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        KeyRing ring = new KeyRing(keys.read(settings).keys());
        warnWithoutKeys(ring);
        Outcome outcome;
        Headway headway = new Headway();
        try (WatchedArchive watched = WatchedArchive.of(settings, err());
                HeadwayTeller _ = HeadwayTeller.start(headway, err())) {
            KafkaBeside kafka = new KafkaBeside(settings, Duration.ofSeconds(settleSeconds), err()::println);
            Optional<Instant> known = kafka.settled(Backlog.OF_LINES, "what was sealed");
            List<SealRecord> copies = new ArrayList<>(copies());
            known.ifPresent(time -> copies.addAll(kafka.lastSeals(time, headway)));
            ArchiveVerification verification =
                    new ArchiveVerification(watched.client(), watched.brief(), ring, copies, years(settings));
            Instant settled = known.orElseGet(kafka::assumed);
            long start = System.nanoTime();
            List<Finding> aboutKeys = verification.verify(
                    new ArchiveVerification.Range(from(zone), range.to(zone), stream, settled), headway, report -> {
                        reports.add(report);
                        ProofText.of(report).forEach(out()::println);
                    });
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            aboutKeys.forEach(finding -> out().println(PlainText.of(subject(finding) + ": " + finding.describe())));
            List<RecordReport> records = new ArrayList<>();
            if (stream == null) {
                kafka.compareRecords(watched, report -> {
                    records.add(report);
                    ProofText.of(report).forEach(out()::println);
                });
            }
            outcome = outcome(reports, aboutKeys, records, kafka.isUnread());
            err().println(ProofText.summary(reports, taken));
            long unchained = verification.unchained();
            if (unchained > 0) {
                err().println(unchained
                        + " events in the archive have no place in a chain (they came by other ways than"
                        + " Metsuke's shipper); nothing can be proven of them");
            }
        }
        return outcome;
    }

    private @Nullable Instant from(ZoneId zone) {
        return days == null ? range.from(zone) : Instant.now().minus(Duration.ofDays(days));
    }

    private static int years(SettingsFile settings) {
        return settings.section("archive", ArchiveSettings.class).retention().years(ArchiveIndex.ACCESS_EVENTS);
    }

    private static String subject(Finding finding) {
        return switch (finding) {
            case Finding.MoreMissing _, Finding.TooSoon _ -> "deletions";
            default -> "keys";
        };
    }

    private static Outcome outcome(
            List<StreamReport> reports, List<Finding> aboutKeys, List<RecordReport> records, boolean isKafkaUnread) {
        if (aboutKeys.stream().anyMatch(Finding::isProof)
                || records.stream().anyMatch(RecordReport::isTampered)
                || reports.stream().map(StreamReport::outcome).anyMatch(Outcome.TAMPERED::equals)) {
            return Outcome.TAMPERED;
        }
        return !reports.isEmpty()
                        && aboutKeys.isEmpty()
                        && !isKafkaUnread
                        && records.stream().allMatch(RecordReport::isWhole)
                        && reports.stream().map(StreamReport::outcome).allMatch(Outcome.WHOLE::equals)
                ? Outcome.WHOLE
                : Outcome.UNKNOWN;
    }

    private void warnWithoutKeys(KeyRing ring) {
        if (ring.isEmpty()) {
            err().println("no public keys are given, so no seal can be believed; give --keys with a shipper's"
                    + " keys.json");
        }
    }

    private List<SealRecord> copies() throws IOException {
        if (seals == null) {
            return List.of();
        }
        SealCopies copies = SealCopies.read(seals);
        copies.passedOver().stream().map(PlainText::of).forEach(err()::println);
        return copies.records();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
