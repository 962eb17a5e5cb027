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
import picocli.CommandLine.Parameters;
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
            "  metsuke verify export.zip --keys db1.public.pem"
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2)
final class VerifyCommand implements Callable<Integer> {

    private static final int WHOLE = 0;
    private static final int TAMPERED = 1;
    private static final int CANNOT_TELL = 2;

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

    @Override
    public Integer call() {
        try {
            Path file = bundle;
            return file == null ? verifyArchive() : verifyBundle(file);
        } catch (IOException e) {
            err().println(PlainText.of("cannot be told: " + e.getMessage()));
            return CANNOT_TELL;
        }
    }

    private int verifyBundle(Path file) throws IOException {
        KeyRing ring = new KeyRing(keys.readFiles().keys());
        warnWithoutKeys(ring);
        EvidenceVerdict verdict = EvidenceVerifier.verify(file, ring, () -> years(configuration.load()), Instant.now());
        ProofText.of(verdict).forEach(out()::println);
        if (verdict.forgery() != null) {
            return TAMPERED;
        }
        return verdict.isProven() ? WHOLE : CANNOT_TELL;
    }

    private int verifyArchive() throws IOException {
        SettingsFile settings = configuration.load();
        ZoneId zone = settings.section("console", ConsoleSettings.class).zoneOrSystems();
        KeyRing ring = new KeyRing(keys.read(settings).keys());
        warnWithoutKeys(ring);
        List<StreamReport> reports = new ArrayList<>();
        int exitCode;
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
                    new ArchiveVerification.Range(range.from(zone), range.to(zone), stream, settled),
                    headway,
                    report -> {
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
            exitCode = exitCode(reports, aboutKeys, records, kafka.isUnread());
            err().println(ProofText.summary(reports, taken));
            long unchained = verification.unchained();
            if (unchained > 0) {
                err().println(unchained
                        + " events in the archive have no place in a chain (they came by other ways than"
                        + " Metsuke's shipper); nothing can be proven of them");
            }
        }
        return exitCode;
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

    private static int exitCode(
            List<StreamReport> reports, List<Finding> aboutKeys, List<RecordReport> records, boolean isKafkaUnread) {
        if (aboutKeys.stream().anyMatch(Finding::isProof)
                || records.stream().anyMatch(RecordReport::isTampered)
                || reports.stream().map(StreamReport::outcome).anyMatch(Outcome.TAMPERED::equals)) {
            return TAMPERED;
        }
        return !reports.isEmpty()
                        && aboutKeys.isEmpty()
                        && !isKafkaUnread
                        && records.stream().allMatch(RecordReport::isWhole)
                        && reports.stream().map(StreamReport::outcome).allMatch(Outcome.WHOLE::equals)
                ? WHOLE
                : CANNOT_TELL;
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
