package dev.metsuke.servers;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What a server keeps on disk: its data, its log, the settings of this run, and a note of its process and ports for
 * the next run.
 */
final class DataFolder {

    /** A predecessor whose parent was killed is stopping on its own; this is longer than it takes at most. */
    private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(25);

    /** Start times are known to a clock tick only. */
    private static final Duration SAME_START = Duration.ofSeconds(1);

    private final String server;
    private final Path folder;

    private DataFolder(String server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static DataFolder open(String server, Path folder) {
        DataFolder data = new DataFolder(server, folder);
        try {
            Files.createDirectories(data.logs());
            data.awaitPredecessor();
            data.emptyTemporaryFolder();
        } catch (IOException unusable) {
            throw new ServerStartException(
                    server,
                    data.logFile(),
                    server + " can't use its data folder " + folder + ": " + unusable + ". Its log would be "
                            + data.logFile() + ".",
                    unusable);
        }
        return data;
    }

    Path path() {
        return folder;
    }

    /** What the server itself stores. */
    Path stored() {
        return folder.resolve("data");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path logFile() {
        return logs().resolve("server.log");
    }

    /** What was noted under this name in the last run, or 0. */
    int notedPort(String name) {
        return Integer.parseInt(readNotes().getProperty("port." + name, "0"));
    }

    void note(long pid, Optional<Instant> started, Map<String, Integer> ports) {
        Properties notes = new Properties();
        notes.setProperty("pid", Long.toString(pid));
        started.ifPresent(instant -> notes.setProperty("started", instant.toString()));
        ports.forEach((name, port) -> notes.setProperty("port." + name, Integer.toString(port)));
        write("process.properties", notes);
    }

    Path writeSettings(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        return write("server.properties", properties);
    }

    private void awaitPredecessor() throws IOException {
        Optional<ProcessHandle> predecessor = predecessor();
        if (predecessor.isEmpty()) {
            return;
        }
        long pid = predecessor.get().pid();
        try {
            predecessor.get().onExit().get(PREDECESSOR_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
            throw new IOException(
                    "process " + pid + " still uses it; stop that one first, or use another folder", stillRunning);
        } catch (ExecutionException failure) {
            throw new IOException("process " + pid + " used it and can't be watched", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for process " + pid + " to end", interrupted);
        }
    }

    private Optional<ProcessHandle> predecessor() {
        Properties notes = readNotes();
        String pid = notes.getProperty("pid");
        String started = notes.getProperty("started");
        if (pid == null || started == null) {
            return Optional.empty();
        }
        // The same number may long be another program's.
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info()
                        .startInstant()
                        .filter(start -> Duration.between(start, Instant.parse(started))
                                        .abs()
                                        .compareTo(SAME_START)
                                < 0)
                        .isPresent());
    }

    /** Native libraries are unpacked there, and one that was killed leaves them behind. */
    private void emptyTemporaryFolder() throws IOException {
        if (Files.exists(temporary())) {
            List<Path> leftovers;
            try (Stream<Path> paths = Files.walk(temporary())) {
                leftovers = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        Files.createDirectories(temporary());
    }

    private Properties readNotes() {
        Properties notes = new Properties();
        Path file = folder.resolve("process.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                notes.load(reader);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return notes;
    }

    /** Whole or not at all, as a kill may come at any moment. */
    private Path write(String name, Properties properties) {
        Path file = folder.resolve(name);
        Path draft = folder.resolve(name + ".new");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                properties.store(writer, server);
            }
            return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
