package dev.metsuke.console;

import dev.metsuke.operations.http.OperationsEndpoints;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.metrics.Metrics;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Consoles as a process has them: each tells how it stands itself. */
final class Consoles {

    private Consoles() {}

    /** Not started yet. */
    static Console of(
            ConsoleSettings settings, KafkaSettings kafka, ElasticsearchSettings elasticsearch, Metrics metrics)
            throws IOException {
        List<Console> self = new ArrayList<>();
        Console console =
                new Console(settings, kafka, elasticsearch, metrics, () -> new OperationsEndpoints(self, metrics));
        self.add(console);
        return console;
    }

    static Console started(
            ConsoleSettings settings, KafkaSettings kafka, ElasticsearchSettings elasticsearch, Metrics metrics)
            throws IOException {
        Console console = of(settings, kafka, elasticsearch, metrics);
        console.start();
        return console;
    }

    /** Settings as a file has them, in YAML. */
    static ConsoleSettings settings(String section) {
        return SettingsFile.of("console: " + section, "test.yml", Path.of("/"))
                .section("console", ConsoleSettings.class);
    }
}
