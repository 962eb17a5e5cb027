package dev.metsuke.standalone.local;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.console.publish.ReadingSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the short commands find the instances that {@code demo} and {@code up} run on this machine: each leaves its settings in
 * a file of its own at a known place, with the addresses of its servers, and holds a lock on it while it runs.
 */
public final class RunningInstance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningInstance.class);

    private static final String PREFIX = "running-";
    private static final String SUFFIX = ".yml";
    private static final String FOLDER = "# relative paths start from ";

    /** Those of this process: to look at a lock of one's own loses it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel lock;

    private RunningInstance(Path file, FileChannel lock) {
        this.file = file;
        this.lock = lock;
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
        FileChannel lock = write(file, FOLDER + running.folder() + "\n" + running.toYaml());
        OWN.add(file);
        return new RunningInstance(file, lock);
    }

    /** The channel that holds its lock. */
    private static FileChannel write(Path file, String text) throws IOException {
        // Found without its lock, it would pass for one that a killed instance left behind.
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        // Settings may hold what is nobody else's to read.
        FileAttribute<?> mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        FileChannel channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine);
        try {
            lock(channel, file);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private static void lock(FileChannel channel, Path file) {
        try {
            if (channel.tryLock() == null) {
                LOG.warn("{} is locked by another process.", file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be locked ({}); that this process runs is told by its id alone.", file, e.toString());
        }
    }

    private static boolean isRunning(Path note) {
        if (OWN.contains(note)) {
            return true;
        }
        // A shared one, as somebody else may look as well.
        try (FileChannel channel = FileChannel.open(note, StandardOpenOption.READ);
                FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            // Another user's, or where there are no locks.
            return hasProcess(note);
        }
    }

    private static boolean hasProcess(Path note) {
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
        OWN.remove(file);
        lock.close();
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
