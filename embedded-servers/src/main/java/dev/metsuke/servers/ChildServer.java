package dev.metsuke.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server in its child JVM, which ends when its standard input does: on our close, or our own end. */
final class ChildServer {

    private static final Logger LOGGER = LoggerFactory.getLogger(ChildServer.class);

    private static final String READY = "READY ";

    /** The child's exit code if another process took a port between our look and its bind. */
    private static final int PORT_TAKEN = 98;

    private static final int ATTEMPTS = 3;

    /** Longer than the child's own limit, so that it can say in its log why it did not stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    private static final int LOG_LINES_SHOWN = 25;

    private final String name;
    private final Process process;
    private final Path logFile;
    private final ClassArchive archive;
    private final int port;
    private final CompletableFuture<Integer> exit;

    private ChildServer(Launch launch, Process process, ClassArchive archive, int port) {
        this.name = launch.name();
        this.process = process;
        this.logFile = launch.data().logFile();
        this.archive = archive;
        this.port = port;
        this.exit = process.onExit().thenApply(Process::exitValue);
    }

    /**
     * What to start.
     *
     * @param name how messages call it
     * @param jar whose manifest has the class path and the main class
     * @param jvmFlags heap and the like
     * @param data what it keeps on disk
     * @param startTimeout how long it may take until it serves
     */
    record Launch(String name, Path jar, List<String> jvmFlags, DataFolder data, Duration startTimeout) {}

    /** Chooses ports by their names, and says which settings follow from them. */
    interface Setup {
        Map<String, Integer> choosePorts();

        Map<String, String> settings(Map<String, Integer> ports);
    }

    static ChildServer start(Launch launch, Setup setup) {
        for (int attempt = 1; ; attempt++) {
            Map<String, Integer> ports = setup.choosePorts();
            Path settings = launch.data().writeSettings(setup.settings(ports));
            long startedAt = System.nanoTime();
            long logStart = size(launch.data().logFile());
            ClassArchive archive = ClassArchive.of(launch.jar(), launch.data().temporary());
            Process process = spawn(launch, settings, archive);
            launch.data().note(process.pid(), process.info().startInstant(), ports);
            OptionalInt port = awaitReadiness(launch, process, logStart);
            Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
            if (port.isPresent()) {
                LOGGER.debug("{} serves on port {} after {} ms", launch.name(), port.getAsInt(), took.toMillis());
                return new ChildServer(launch, process, archive, port.getAsInt());
            }
            int exitCode = awaitExitCode(process);
            if (exitCode != PORT_TAKEN || attempt == ATTEMPTS) {
                throw failure(launch, "exit code " + exitCode + " after " + took.toMillis() + " ms", logStart);
            }
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    Path logFile() {
        return logFile;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            LOGGER.debug("{} was gone before it was asked to stop", name, alreadyGone);
        }
        try {
            if (!process.waitFor(STOP_LIMIT)) {
                LOGGER.warn(
                        "{} did not stop within {} s; killing it. Its log: {}", name, STOP_LIMIT.toSeconds(), logFile);
                process.destroyForcibly();
            }
            if (exit.join() == 0) {
                archive.keep();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    void kill() {
        process.destroyForcibly();
        exit.join();
    }

    private static Process spawn(Launch launch, Path settings, ClassArchive archive) {
        DataFolder data = launch.data();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(launch.jvmFlags());
        command.addAll(compilerFlags());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-UsePerfData");
        command.add(archive.jvmFlag());
        // Standard output is for readiness alone.
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.add("-XX:ErrorFile=" + data.logs().resolve("crash-%p.log"));
        command.add("-Djava.io.tmpdir=" + data.temporary());
        command.add("-Dmetsuke.server.log=" + data.logFile());
        command.add("-jar");
        command.add(launch.jar().toString());
        command.add(settings.toString());
        try {
            return new ProcessBuilder(command)
                    .directory(data.path().toFile())
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(data.logFile().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new ServerStartException(
                    launch.name(),
                    data.logFile(),
                    launch.name() + " did not start: its JVM could not be run. Log: " + data.logFile(),
                    failure);
        }
    }

    /** As this JVM's own: what starts servers for seconds says so by its own flags, and to compile thoroughly costs those. */
    private static List<String> compilerFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /** The port, or nothing if the child ended first. */
    private static OptionalInt awaitReadiness(Launch launch, Process process, long logStart) {
        CompletableFuture<OptionalInt> readiness = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("stdout-of-" + launch.name())
                .daemon()
                .start(() -> readStandardOutput(process, readiness));
        try {
            return readiness.get(launch.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            process.destroyForcibly();
            throw failure(
                    launch, "it did not serve within " + launch.startTimeout().toSeconds() + " s", logStart);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw failure(launch, "interrupted while it was starting", logStart);
        } catch (ExecutionException impossible) {
            process.destroyForcibly();
            throw new IllegalStateException(impossible);
        }
    }

    private static void readStandardOutput(Process process, CompletableFuture<OptionalInt> readiness) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    readiness.complete(OptionalInt.of(Integer.parseInt(line.substring(READY.length()))));
                }
            }
        } catch (IOException closed) {
            LOGGER.debug("Standard output of process {} broke", process.pid(), closed);
        } finally {
            readiness.complete(OptionalInt.empty());
        }
    }

    private static int awaitExitCode(Process process) {
        return process.onExit().join().exitValue();
    }

    private static ServerStartException failure(Launch launch, String reason, long logStart) {
        Path log = launch.data().logFile();
        return new ServerStartException(
                launch.name(),
                log,
                launch.name() + " did not start: " + reason + ". Log: " + log + ". Its last lines:\n"
                        + lastLines(log, logStart));
    }

    private static String lastLines(Path log, long logStart) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            // A log that was rotated meanwhile begins anew.
            int from = bytes.length < logStart ? 0 : (int) logStart;
            List<String> lines = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException unreadable) {
            return "(unreadable: " + unreadable + ")";
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
