package dev.metsuke.standalone.command;

import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.local.RunningInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** What the option, or the variable, names. */
    Optional<Path> named() {
        String variable = System.getenv("METSUKE_CONFIG");
        return Optional.ofNullable(file)
                .or(() -> Optional.ofNullable(variable)
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
    }

    /** What {@link #load} may read: what is named, else the files of the instances that run here. */
    List<Path> files() {
        return named().map(List::of).orElseGet(RunningInstance::settingsFiles);
    }

    SettingsFile load() {
        Optional<Path> named = named();
        if (named.isPresent()) {
            return RunningInstance.load(named.get());
        }
        List<Path> running = RunningInstance.settingsFiles();
        if (running.size() > 1) {
            throw new InvalidSettingsException(List.of("several instances run on this machine; say by --config which is"
                    + " meant: " + running.stream().map(Path::toString).collect(Collectors.joining(", "))));
        }
        return running.isEmpty() ? SettingsFile.defaults() : RunningInstance.load(running.getFirst());
    }
}
