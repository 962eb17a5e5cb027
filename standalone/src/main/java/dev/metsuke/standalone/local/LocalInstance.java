package dev.metsuke.standalone.local;

import dev.metsuke.archive.Archive;
import dev.metsuke.console.Console;
import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.detect.Detection;
import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.operations.setup.SetupReport;
import dev.metsuke.shipper.Shipper;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All of Metsuke in this process, its two servers in child processes; what starts last stops first. */
public final class LocalInstance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalInstance.class);

    private final LocalServers servers;
    private final Engines engines;
    private final Metrics metrics;
    private final Shipper shipper;
    private final Detection detection;
    private final Archive archive;
    private final Console console;
    private final RunningInstance announcement;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalInstance(
            LocalServers servers,
            SettingsFile settings,
            Engines engines,
            Assembly assembly,
            Metrics metrics,
            ConsoleSettings consoleSettings)
            throws IOException {
        this.servers = servers;
        this.engines = engines;
        this.metrics = metrics;
        archive = assembly.archive();
        detection = assembly.detection();
        shipper = assembly.shipper();
        console = assembly.console(consoleSettings, () -> new OperationsEndpoints(parts(), metrics));
        parts().forEach(metrics::watch);
        announcement = RunningInstance.announce(settings, engines, consoleSettings, assembly.shipperSettings());
    }

    /**
     * Starts the servers, sets them up, then starts every part but the shipper: what it reads should find its readers.
     *
     * @param local the settings
     * @param progress who is told
     */
    public static LocalInstance start(LocalSettings local, Progress progress) throws IOException {
        SettingsFile settings = local.file();
        LocalServers servers = LocalServers.start(local.servers(), progress);
        try {
            Engines engines = Engines.embedded(
                    settings,
                    servers.kafka().bootstrapServers(),
                    servers.elasticsearch().url());
            Metrics metrics = new Metrics();
            Assembly assembly = new Assembly(settings, engines, metrics);
            SetupReport setup = assembly.setup();
            progress.say("%-20s %d topics and templates, %s"
                    .formatted("Setup", setup.lines().size(), setup.changed() ? "brought up to date" : "all in place"));
            setup.lines().stream()
                    .filter(line -> line.outcome() == SetupReport.Outcome.PROBLEM)
                    .forEach(line -> progress.plain("          " + line));
            LocalInstance instance =
                    new LocalInstance(servers, settings, engines, assembly, metrics, free(assembly.consoleSettings()));
            instance.startReaders(progress);
            return instance;
        } catch (IOException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** Begins to ship. */
    public void ship() {
        shipper.start();
    }

    public Engines engines() {
        return engines;
    }

    public Shipper shipper() {
        return shipper;
    }

    public Detection detection() {
        return detection;
    }

    public Archive archive() {
        return archive;
    }

    public Console console() {
        return console;
    }

    /** Why it cannot go on, once it cannot; being told to stop is no failure. */
    public Optional<String> failure() {
        if (closed.get()) {
            return Optional.empty();
        }
        Stream<String> dead = Stream.of(
                        servers.kafka().isAlive()
                                ? Optional.<String>empty()
                                : Optional.of("the Kafka broker ended; its log is "
                                        + servers.kafka().logFile()),
                        servers.elasticsearch().isAlive()
                                ? Optional.<String>empty()
                                : Optional.of("the Elasticsearch node ended; its log is "
                                        + servers.elasticsearch().logFile()))
                .flatMap(Optional::stream);
        Stream<String> failed = parts().stream()
                .filter(part -> part.condition() instanceof Condition.ForGood)
                .map(part -> part.name() + " " + part.condition().describe());
        return Stream.concat(dead, failed).findFirst();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Part part : List.of(shipper, detection, archive, console)) {
            try {
                part.close();
            } catch (RuntimeException e) {
                LOG.error("{} did not stop in an orderly way", part.name(), e);
            }
        }
        try {
            announcement.close();
        } catch (IOException e) {
            LOG.warn("The note of this instance could not be taken away", e);
        }
        servers.close();
        metrics.close();
    }

    private void startReaders(Progress progress) {
        archive.start();
        detection.start();
        progress.step("Console", () -> {
            console.start();
            return "at " + console.address();
        });
    }

    private List<Part> parts() {
        return List.of(shipper, detection, archive, console);
    }

    /** The settings, with any free port where theirs is taken. */
    private static ConsoleSettings free(ConsoleSettings wanted) {
        try (ServerSocket probe = new ServerSocket(wanted.port(), 1, InetAddress.getByName(wanted.host()))) {
            return wanted.withPort(probe.getLocalPort());
        } catch (IOException e) {
            return wanted.withPort(0);
        }
    }
}
