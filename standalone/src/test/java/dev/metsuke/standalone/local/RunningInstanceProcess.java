package dev.metsuke.standalone.local;

import dev.metsuke.console.ConsoleSettings;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchSettings;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.ShipperSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Another process, which announces an instance until it is killed. */
final class RunningInstanceProcess implements AutoCloseable {

    private static final Engines ENGINES = new Engines(
            KafkaSettings.of("127.0.0.1:19092"), ElasticsearchSettings.of(URI.create("http://127.0.0.1:19200")));

    private final Process process;

    private RunningInstanceProcess(Process process) {
        this.process = process;
    }

    /** Returns when it has announced itself. */
    static RunningInstanceProcess start(Path home) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dmetsuke.home=" + home,
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunningInstanceProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = process.inputReader().readLine();
        if (said == null) {
            process.destroyForcibly();
            throw new IOException("the other process ended before it had announced itself");
        }
        return new RunningInstanceProcess(process);
    }

    static void main() throws IOException {
        try (RunningInstance _ = announce(SettingsFile.defaults())) {
            System.out.println("announced");
            // Returns when nobody is at the other end any more.
            if (System.in.read() == -1) {
                System.out.println("ends");
            }
        }
    }

    static RunningInstance announce(SettingsFile settings) throws IOException {
        return RunningInstance.announce(
                settings,
                ENGINES,
                settings.section("console", ConsoleSettings.class),
                settings.section("shipper", ShipperSettings.class));
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
