package dev.metsuke.standalone.command;

import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.http.OperationsServer;
import dev.metsuke.operations.http.OperationsSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.part.Part;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.local.Assembly;
import dev.metsuke.standalone.local.Engines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;

/** Runs one part until it is told to stop, or until it has failed for good. */
abstract class PartCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(PartCommand.class);
    private static final long LOOK_MILLIS = 250;
    /**
     * Told apart from other failures, so that a supervisor does not start two that fence each other for ever. Not 3, by which Java ends
     * where the heap does not suffice ({@code -XX:+ExitOnOutOfMemoryError}).
     */
    static final int TAKEN_OVER = 4;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    abstract Part part(Assembly assembly, Metrics metrics) throws IOException;

    /** Whether the part answers {@code /live}, {@code /ready} and {@code /metrics} among its own pages. */
    boolean answersForItself() {
        return false;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SettingsFile settings = configuration.load();
        Metrics metrics = new Metrics();
        Part part = part(new Assembly(settings, Engines.of(settings), metrics), metrics);
        metrics.watch(part);
        // SIGTERM and Ctrl-C come here: what is under way is finished before the process ends.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(part::close));
        if (answersForItself()) {
            return run(part);
        }
        try (OperationsServer server = OperationsServer.start(
                settings.section("operations", OperationsSettings.class),
                new OperationsEndpoints(List.of(part), metrics))) {
            LOG.info("{} answers at {}/live, /ready and /metrics", part.name(), server.address());
            return run(part);
        }
    }

    static int run(Part part) throws InterruptedException {
        part.start();
        String before = "";
        while (true) {
            Condition condition = part.condition();
            String now = condition.describe();
            if (!now.equals(before)) {
                LOG.info("{} {}", part.name(), now);
                before = now;
            }
            if (condition instanceof Condition.ForGood || condition instanceof Condition.Stopped) {
                return exitCode(condition);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static int exitCode(Condition end) {
        return switch (end) {
            case Condition.TakenOver _ -> TAKEN_OVER;
            case Condition.Failed _ -> 1;
            default -> 0;
        };
    }
}
