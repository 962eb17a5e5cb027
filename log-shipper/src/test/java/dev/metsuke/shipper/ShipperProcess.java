package dev.metsuke.shipper;

import dev.metsuke.operations.kafka.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A shipper in a JVM of its own, so that it can be killed. */
final class ShipperProcess {

    private ShipperProcess() {}

    /** Arguments: bootstrap servers, shipper id, glob. */
    public static void main(String[] args) throws InterruptedException {
        Shipper shipper = new Shipper(
                ShipperIT.settings(args[1], Path.of(args[2])), KafkaSettings.of(args[0]), new SimpleMeterRegistry());
        shipper.start();
        Thread.currentThread().join();
    }

    static Process start(String bootstrapServers, String id, Path glob) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShipperProcess.class.getName(),
                        bootstrapServers,
                        id,
                        glob.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process " + process.pid() + " is not gone after kill");
        }
    }
}
