package dev.metsuke.standalone.command;

import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.local.LocalInstance;
import dev.metsuke.standalone.local.LocalSettings;
import dev.metsuke.standalone.local.ServersSettings;
import dev.metsuke.standalone.terminal.AlertLine;
import dev.metsuke.standalone.terminal.AlertWatcher;
import dev.metsuke.standalone.terminal.Logging;
import dev.metsuke.standalone.terminal.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Runs all of it on this machine, for your own logs; its data is kept.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "Your settings; metsuke.example.yml has every one of them.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalSettings settings = LocalSettings.of(SettingsFile.load(file));
        ServersSettings servers = settings.servers();
        Logging.toFile(servers.data().resolve("metsuke.log"));
        Progress progress = new Progress(System.out);
        LocalInstance instance = LocalInstance.start(settings, progress);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(instance::close));
        AlertLine line = AlertLine.forTerminal();
        try (instance;
                AlertWatcher _ = new AlertWatcher(
                        instance.engines().kafka(), (alert, before) -> progress.plain(line.of(alert, before)))) {
            instance.ship();
            progress.say(
                    "Shipping. Alerts appear here and at " + instance.console().address()
                            + "; Ctrl-C stops everything. Data and log are in " + servers.data());
            Optional<String> failure = Optional.empty();
            // Ctrl-C ends the process from outside this loop.
            while (failure.isEmpty()) {
                Thread.sleep(500);
                failure = instance.failure();
            }
            progress.say("Stopped: " + failure.get());
            return 1;
        }
    }
}
