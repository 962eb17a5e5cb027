package dev.metsuke.standalone.command;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.local.RunningInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --config}: where the settings come from; without it, those of the instance that runs on this machine. */
final class ConfigurationOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            // So that it may stand behind a subcommand's name as well.
            scope = ScopeType.INHERIT,
            description = "Settings (YAML). Without it: the file that METSUKE_CONFIG names, else the instance that"
                    + " runs on this machine, else the defaults.")
    private @Nullable Path file;

    SettingsFile load() {
        if (file != null) {
            return RunningInstance.load(file);
        }
        String named = System.getenv("METSUKE_CONFIG");
        if (named != null && !named.isBlank()) {
            return RunningInstance.load(Path.of(named));
        }
        List<Path> running = RunningInstance.settingsFiles();
        if (running.size() > 1) {
            throw new InvalidSettingsException(List.of("several instances run on this machine; say by --config which is"
                    + " meant: " + running.stream().map(Path::toString).collect(Collectors.joining(", "))));
        }
        return running.isEmpty() ? SettingsFile.defaults() : RunningInstance.load(running.getFirst());
    }
}
