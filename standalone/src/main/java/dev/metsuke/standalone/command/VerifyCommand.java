package dev.metsuke.standalone.command;

import dev.metsuke.archive.ArchiveSettings;
import dev.metsuke.archive.Backlog;
import dev.metsuke.archive.compare.KafkaUnreadException;
import dev.metsuke.archive.compare.RecordComparison;
import dev.metsuke.archive.compare.RecordReport;
import dev.metsuke.archive.verify.ArchiveVerification;
import dev.metsuke.archive.verify.Headway;
import dev.metsuke.archive.verify.KafkaSeals;
import dev.metsuke.archive.verify.StreamReport;
import dev.metsuke.archive.verify.StreamReport.Outcome;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.evidence.EvidenceVerdict;
import dev.metsuke.events.evidence.EvidenceVerifier;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.seal.KeyRing;
import dev.metsuke.events.seal.SealRecord;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.UnreadTopicException;
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
        description =
                "Proves that no line is missing, altered or added: in the archive, or in an exported file. Compares"
                        + " the rest of the archive with what Kafka keeps of it.",
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
            Optional<Instant> known =
                    Settled.known(settings, settle(), Backlog.OF_LINES, "what was sealed", err()::println);
            ArchiveVerification verification = new ArchiveVerification(
                    watched.client(), watched.brief(), ring, copies(settings, known), years(settings));
            Instant settled = known.orElseGet(() -> assumed(settings));
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
            List<RecordReport> records =
                    stream == null ? compareRecords(settings, watched, known.isPresent()) : List.of();
            exitCode = exitCode(reports, aboutKeys, records);
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

    /** What is in no chain, beside Kafka: as much of it as Kafka can be asked about. */
    private List<RecordReport> compareRecords(SettingsFile settings, WatchedArchive watched, boolean canAsk)
            throws IOException {
        Optional<Instant> settled = canAsk
                ? Settled.known(
                        settings,
                        settle(),
                        RecordComparison.TOPICS,
                        "alerts, reports and the like that Kafka took",
                        err()::println)
                : Optional.empty();
        if (settled.isEmpty()) {
            err().println("what is in no chain (alerts, triage, reports, approvals, policies, the directory, holds)"
                    + " is not compared with Kafka, which "
                    + (settings.sections().contains("kafka") ? "cannot be asked" : "the settings do not name"));
            return List.of();
        }
        RecordComparison comparison = new RecordComparison(
                watched.client(),
                watched.brief(),
                settings.section("kafka", KafkaSettings.class),
                settings.section("archive", ArchiveSettings.class).retention(),
                settled.get());
        List<RecordReport> reports = new ArrayList<>();
        for (Topic topic : RecordComparison.TOPICS) {
            try {
                RecordReport report = comparison.compare(topic);
                reports.add(report);
                ProofText.of(report).forEach(out()::println);
            } catch (KafkaUnreadException e) {
                err().println(PlainText.of(String.valueOf(e.getMessage())));
            }
        }
        return reports;
    }

    /** What lines prove rests on seals; they are verified all the same. */
    private Instant assumed(SettingsFile settings) {
        if (settings.sections().contains("kafka")) {
            err().println("what was sealed more than " + settleSeconds + " seconds ago is taken to be in the archive");
        }
        return Settled.assumed(settle());
    }

    private Duration settle() {
        return Duration.ofSeconds(settleSeconds);
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

    private static int exitCode(List<StreamReport> reports, List<Finding> aboutKeys, List<RecordReport> records) {
        if (aboutKeys.stream().anyMatch(Finding::isProof) || records.stream().anyMatch(RecordReport::isTampered)) {
            return TAMPERED;
        }
        return reports.stream().map(StreamReport::outcome).anyMatch(Outcome.TAMPERED::equals)
                ? TAMPERED
                : !reports.isEmpty()
                                && aboutKeys.isEmpty()
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

    /** Seals from elsewhere: those of a file, and of those in Kafka the last that must be archived. */
    private List<SealRecord> copies(SettingsFile settings, Optional<Instant> settled) throws IOException {
        List<SealRecord> copies = new ArrayList<>(copiesOfFile());
        if (settled.isPresent()) {
            try {
                copies.addAll(KafkaSeals.last(settings.section("kafka", KafkaSettings.class), settled.get()));
            } catch (UnreadTopicException e) {
                err().println(PlainText.of(
                        "the archive's last seals are not compared with Kafka's: " + e.getMessage()));
            }
        }
        return copies;
    }

    private List<SealRecord> copiesOfFile() throws IOException {
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
