package dev.metsuke.detect;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;

/** Detection in a process of its own, so that a test can kill it. */
final class DetectProcess {

    private DetectProcess() {}

    /** Takes the brokers and the folder of the state; says how it is. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Detection detection = new Detection(
                new KafkaSettings(arguments[0], 2, (short) 1, Map.of()),
                DetectDriver.settings(Path.of(arguments[1])),
                ArrivalOrderTest.POLICY,
                new SimpleMeterRegistry())) {
            detection.start();
            Condition before = detection.condition();
            while (!(detection.condition() instanceof Condition.Failed)) {
                Condition now = detection.condition();
                if (!now.equals(before)) {
                    System.out.println(now.describe());
                }
                before = now;
                Thread.sleep(20);
            }
            System.out.println(detection.condition().describe());
        }
    }
}
