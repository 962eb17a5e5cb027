package dev.metsuke.standalone.local;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the short commands find the instances that {@code demo} and {@code up} run on this machine: each leaves its settings in
 * a file of its own at a known place, with the addresses of its servers, while it runs.
 */
public final class RunningInstance implements AutoCloseable {

    private static final String PREFIX = "running-";
    private static final String SUFFIX = ".yml";
    private static final String FOLDER = "# relative paths start from ";

    private final Path file;

    private RunningInstance(Path file) {
        this.file = file;
    }

    /** The settings files of the instances that run; what killed ones left behind does not count. */
    public static List<Path> settingsFiles() {
        try {
            return notes().stream().filter(RunningInstance::isRunning).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> notes() throws IOException {
        List<Path> notes = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(place(), PREFIX + "*" + SUFFIX)) {
            found.forEach(notes::add);
        }
        return notes;
    }

    /** The settings that an instance runs by, from its file; any other file is read as it is. */
    public static SettingsFile load(Path file) {
        try {
            String text = Files.readString(file);
            String first = text.lines().findFirst().orElse("");
            return first.startsWith(FOLDER)
                    ? SettingsFile.of(text, file.toString(), Path.of(first.substring(FOLDER.length())))
                    : SettingsFile.load(file);
        } catch (IOException e) {
            return SettingsFile.load(file);
        }
    }

    static RunningInstance announce(
            SettingsFile settings, Engines engines, ConsoleSettings console, ShipperSettings shipper)
            throws IOException {
        Map<String, Object> ofConsole = new HashMap<>();
        ofConsole.put("zone", console.zoneOrSystems().getId());
        // So that the readings of commands have their place in the console's chain.
        ReadingSettings readings = console.readings();
        Path readingKeys = readings.keyFolder();
        if (readingKeys != null) {
            ofConsole.put(
                    "readings",
                    Map.of(
                            "id",
                            readings.idOrHosts(),
                            "key-folder",
                            readingKeys.toAbsolutePath().toString()));
        }
        SettingsFile running = settings.with(Map.of(
                "kafka",
                Map.of(
                        "bootstrap-servers",
                        engines.kafka().bootstrapServers(),
                        "partitions",
                        engines.kafka().partitions()),
                "elasticsearch",
                Map.of("url", engines.elasticsearch().url()),
                "shipper",
                Map.of(
                        "id",
                        shipper.shipperId(),
                        "seal",
                        Map.of(
                                "key-folder",
                                shipper.seal().keyFolder().toAbsolutePath().toString())),
                "console",
                ofConsole));
        Path file = place().resolve(PREFIX + ProcessHandle.current().pid() + SUFFIX);
        Files.createDirectories(place());
        for (Path note : notes()) {
            if (note.equals(file) || !isRunning(note)) {
                Files.deleteIfExists(note);
            }
        }
        // Settings may hold what is nobody else's to read.
        FileAttribute<?> mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, mine);
        Files.writeString(file, FOLDER + running.folder() + "\n" + running.toYaml());
        return new RunningInstance(file);
    }

    private static boolean isRunning(Path note) {
        String name = note.getFileName().toString();
        try {
            long process = Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
            return ProcessHandle.of(process).isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Takes the file away; and its folder, if nothing else is in it. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        try {
            Files.delete(place());
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // An instance keeps its data there, or another announces itself.
        }
    }

    private static Path place() {
        return Path.of(System.getProperty("metsuke.home", ".")).toAbsolutePath().resolve("metsuke-data");
    }
}
