package dev.metsuke.benchmarks.ship;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.settings.SettingsFile;
import dev.metsuke.shipper.Shipper;
import dev.metsuke.shipper.ShipperSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;

/** Metsuke's shipper in a process of its own: ends once all of its files are committed, or later. */
final class ShipperRun {

    /** As the metsuke command starts it. */
    static final List<String> FLAGS = List.of(
            "-Xmx128m", "-Xmn72m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:InlineSmallCode=600");

    private static final int POLL_MILLIS = 20;

    private ShipperRun() {}

    /** Arguments: configuration file, how many seconds to stay on once all is shipped. */
    public static void main(String[] args) throws InterruptedException {
        SettingsFile settings = SettingsFile.load(Path.of(args[0]));
        try (Shipper shipper = new Shipper(
                settings.section("shipper", ShipperSettings.class),
                settings.section("kafka", KafkaSettings.class),
                new SimpleMeterRegistry())) {
            shipper.start();
            while (!shipper.caughtUp()) {
                if (shipper.condition() instanceof Condition.Failed(String reason)) {
                    throw new IllegalStateException(reason);
                }
                Thread.sleep(POLL_MILLIS);
            }
            System.out.println("caught up: " + shipper.stats());
            Thread.sleep(Long.parseLong(args[1]) * 1_000);
        }
    }
}
