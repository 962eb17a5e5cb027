package dev.metsuke.standalone.demo;

import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.detect.policy.PolicyFile;
import dev.metsuke.detect.policy.PolicyTopic;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.alert.AlertState;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.events.policy.PublishedPolicy;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperStats;
import dev.metsuke.standalone.local.LocalInstance;
import dev.metsuke.standalone.local.LocalSettings;
import dev.metsuke.standalone.terminal.AlertLine;
import dev.metsuke.standalone.terminal.AlertWatcher;
import dev.metsuke.standalone.terminal.Logging;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** Runs the sample company end to end on embedded real servers. */
public final class Demo implements AutoCloseable {

    private static final long SEED = 20_261_123;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration REST = Duration.ofMillis(1_500);
    private static final Duration LONGEST_REST = Duration.ofSeconds(20);

    private final Progress progress;
    private final SampleCompany company = new SampleCompany(SEED, Instant.now());
    private final DemoFiles files;
    private final LocalInstance instance;
    private final AlertWatcher watcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Demo(Progress progress) throws IOException {
        this.progress = progress;
        files = DemoFiles.create(company.history());
        Logging.toFile(files.folder().resolve("metsuke.log"));
        progress.say("%-20s %d lines of three logs in %s".formatted("Sample company", files.lines(), files.folder()));
        instance = LocalInstance.start(LocalSettings.of(SettingsFile.load(files.settings())), progress);
        AlertLine line = AlertLine.forTerminal();
        watcher = new AlertWatcher(instance.engines().kafka(), (alert, before) -> progress.say(line.of(alert, before)));
    }

    /** Starts servers and parts, and the company's history on its way. */
    public static Demo start(Progress progress) throws IOException, WriteFailedException {
        Demo demo = new Demo(progress);
        try {
            demo.publishPolicy();
            demo.loadDirectory();
            demo.instance.ship();
        } catch (IOException | WriteFailedException | RuntimeException e) {
            demo.close();
            throw e;
        }
        return demo;
    }

    /** Plays what happens while the demo runs: HR's late reports, and one account taking customers by the hundred. */
    public void play() throws IOException, WriteFailedException, InterruptedException {
        awaitUntil("the history is shipped", this::shipped);
        StatusReports publisher =
                new StatusReports(new SerialWriter(instance.engines().kafka()));
        for (StatusReport report : company.reports()) {
            progress.say("HR reports           %s %s since %s: late, what passed since is judged again"
                    .formatted(
                            report.account(),
                            report.status().label(),
                            report.effectiveAt().atZone(SampleLog.ZONE).toOffsetDateTime()));
            publisher.publish(List.of(report), Instant.now());
        }
        progress.say("Live                 yamada begins to read customers, 500 at a time");
        for (int i = 0; i < SampleCompany.LIVE_SELECTS; i++) {
            Thread.sleep(SampleCompany.LIVE_PAUSE);
            files.append(company.liveSelect(i, Instant.now()));
        }
    }

    /** Waits until all is shipped, judged and archived, and counts. */
    public DemoSummary settle() throws IOException, InterruptedException {
        awaitUntil("all is shipped", this::shipped);
        ShipperStats stats = instance.shipper().stats();
        awaitUntil("all is judged", () -> instance.detection().judged() >= stats.events());
        Instant judged = Instant.now();
        awaitUntil("alerts have come to rest", () -> watcher.knowsAllUntil(judged) && alertsRest(judged));
        awaitUntil("all is archived", () -> instance.archive().caughtUp());
        try (ArchiveCounts archive = new ArchiveCounts(instance.engines().elasticsearch())) {
            return new DemoSummary(
                    files.lines(),
                    stats.lines(),
                    stats.events(),
                    stats.rejected(),
                    stats.ignored(),
                    archive.of(ArchiveIndex.ACCESS_EVENTS),
                    archive.of(ArchiveIndex.REJECTED),
                    holding(),
                    archive.of(ArchiveIndex.ALERTS),
                    watcher.alerts().size());
        }
    }

    /** Goes on with ordinary work, a line a second, until it is closed or something fails; then says what. */
    public Optional<String> goOn() throws IOException, InterruptedException {
        progress.plain(
                """

                Alerts are live at %s
                In another terminal:
                  ./metsuke search 'user.id:tanaka AND event.action:export'
                  ./metsuke revoke ito --status suspended        (ito goes on reading: watch what happens)
                  ./metsuke who-read %s --key-file %s
                Ctrl-C stops everything.
                """.formatted(instance.console().address(), SampleCompany.regularCustomer(), files.pseudonymKey()));
        Optional<String> failure = Optional.empty();
        while (failure.isEmpty() && !closed.get()) {
            files.append(company.ordinaryAccess(Instant.now()));
            Thread.sleep(1_000);
            failure = instance.failure();
        }
        return failure;
    }

    /** Where the console listens. */
    URI consoleAddress() {
        return instance.console().address();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        watcher.close();
        instance.close();
        try {
            files.close();
        } catch (IOException e) {
            progress.say("The demo's folder " + files.folder() + " could not be removed: " + e.getMessage());
        }
    }

    private void publishPolicy() throws IOException {
        PolicyTopic topic = new PolicyTopic(instance.engines().kafka());
        PublishedPolicy policy = PolicyFile.read(files.policy()).after(topic.published(), Instant.now(), "demo", null);
        topic.publish(policy);
        progress.say("%-20s %s published".formatted("Policy", policy.version()));
    }

    private void loadDirectory() throws IOException, WriteFailedException {
        DirectoryCsv csv = DirectoryCsv.read(files.directory(), SampleLog.ZONE);
        if (!csv.problems().isEmpty()) {
            throw new IllegalStateException("the sample directory is broken: " + csv.problems());
        }
        new DirectoryEntries(new SerialWriter(instance.engines().kafka()), "demo").publish(csv.entries());
        progress.say(
                "%-20s %d accounts".formatted("Staff directory", csv.entries().size()));
    }

    /** Nothing new for a while; if an incident has no alert yet, for longer. */
    private boolean alertsRest(Instant judged) {
        boolean allSeen = SampleCompany.expectedAlerts().entrySet().stream()
                .allMatch(expected -> holding().getOrDefault(expected.getKey(), 0L) >= expected.getValue());
        Instant now = Instant.now();
        return watcher.quiet().compareTo(REST) > 0 && now.isAfter(judged.plus(allSeen ? REST : LONGEST_REST));
    }

    /** Alerts that hold, by rule. */
    private Map<Rule, Long> holding() {
        return watcher.alerts().stream()
                .filter(alert -> alert.state() != AlertState.WITHDRAWN)
                .collect(Collectors.groupingBy(Alert::rule, Collectors.counting()));
    }

    private boolean shipped() {
        return instance.shipper().stats().lines() >= files.lines()
                && instance.shipper().caughtUp();
    }

    private void awaitUntil(String what, Check check) throws InterruptedException, IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!check.holds()) {
            Optional<String> failure = instance.failure();
            if (failure.isPresent()) {
                throw new IOException(failure.get());
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException("waited " + PATIENCE.toSeconds() + " s, and still not: " + what);
            }
            Thread.sleep(LOOK);
        }
    }

    /** Something to wait for. */
    private interface Check {
        boolean holds() throws IOException;
    }
}
