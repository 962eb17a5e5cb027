package dev.metsuke.standalone.local;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the short commands find the instance that {@code demo} or {@code up} runs on this machine: a settings file at a
 * known place, there while it runs.
 */
public final class RunningInstance implements AutoCloseable {

    private static final String HEAD = "# Written by the running instance, process ";

    private final Path file;
    private final String content;

    private RunningInstance(Path file, String content) {
        this.file = file;
        this.content = content;
    }

    /** The settings of the running instance, if one runs; what a killed one left behind does not count. */
    public static Optional<Path> settingsFile() {
        Path file = place();
        try {
            String text = Files.readString(file);
            long process = Long.parseLong(text.substring(HEAD.length(), text.indexOf('\n')));
            return ProcessHandle.of(process).map(_ -> file);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    static RunningInstance announce(Engines engines, ConsoleSettings console, ShipperSettings shipper)
            throws IOException {
        String content = HEAD + ProcessHandle.current().pid() + "\n"
                + """
                kafka:
                  bootstrap-servers: %s
                  partitions: %d
                elasticsearch:
                  url: %s
                shipper:
                  id: '%s'
                  seal:
                    key-folder: '%s'
                console:
                  zone: %s
                """.formatted(
                                engines.kafka().bootstrapServers(),
                                engines.kafka().partitions(),
                                engines.elasticsearch().url(),
                                shipper.shipperId(),
                                shipper.seal().keyFolder().toAbsolutePath(),
                                console.zoneOrSystems())
                + readings(console.readings());
        Path file = place();
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return new RunningInstance(file, content);
    }

    /** Of the console, so that the readings of commands have their place in its chain. */
    private static String readings(ReadingSettings readings) {
        Path keyFolder = readings.keyFolder();
        return keyFolder == null ? "" : """
              readings:
                id: '%s'
                key-folder: '%s'
            """.formatted(readings.idOrHosts(), keyFolder.toAbsolutePath());
    }

    /** Takes the file away, unless another instance has put its own there since; and its folder, if nothing else is in it. */
    @Override
    public void close() throws IOException {
        if (Files.exists(file) && Files.readString(file).equals(content)) {
            Files.delete(file);
            try {
                Files.delete(file.getParent());
            } catch (DirectoryNotEmptyException e) {
                // An instance keeps its data there.
            }
        }
    }

    private static Path place() {
        return Path.of(System.getProperty("metsuke.home", "."))
                .toAbsolutePath()
                .resolve("metsuke-data")
                .resolve("running.yml");
    }
}
