package dev.metsuke.standalone.command;

import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.standalone.local.RunningInstance;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}: where the settings come from; without it, those of the instance that runs on this machine. */
final class ConfigurationOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Settings (YAML). Without it: the file that METSUKE_CONFIG names, else the instance that"
                    + " runs on this machine, else the defaults.")
    private @Nullable Path file;

    SettingsFile load() {
        if (file != null) {
            return SettingsFile.load(file);
        }
        String named = System.getenv("METSUKE_CONFIG");
        if (named != null && !named.isBlank()) {
            return SettingsFile.load(Path.of(named));
        }
        Optional<Path> running = RunningInstance.settingsFile();
        return running.map(SettingsFile::load).orElseGet(SettingsFile::defaults);
    }
}
