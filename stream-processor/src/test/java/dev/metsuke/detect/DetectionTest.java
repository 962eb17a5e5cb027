package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DetectionTest {

    @Test
    void saysThatItFailedWhereTheMemoryDidNotSuffice() throws InterruptedException {
        SimpleMeterRegistry exhausted = new SimpleMeterRegistry() {
            @Override
            protected Counter newCounter(Meter.Id id) {
                throw new OutOfMemoryError("surprise");
            }
        };
        try (Detection detection = new Detection(
                KafkaSettings.of("127.0.0.1:1"),
                SettingsFile.defaults().section("detect", DetectSettings.class),
                DetectDriver.policy(""),
                exhausted)) {
            detection.start();
            while (!(detection.condition() instanceof Condition.ForGood)) {
                Thread.sleep(5);
            }
            assertThat(detection.condition().describe()).startsWith("failed: java.lang.OutOfMemoryError: surprise; ");
        }
    }

    @Test
    void waitsForBrokersOfWhichNoAddressIsKnown() throws InterruptedException {
        try (Detection detection = new Detection(
                KafkaSettings.of("nobody.invalid:9092"),
                SettingsFile.defaults().section("detect", DetectSettings.class),
                DetectDriver.policy(""),
                new SimpleMeterRegistry())) {
            detection.start();
            while (detection.condition() instanceof Condition.Starting) {
                Thread.sleep(5);
            }
            assertThat(detection.condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(detection.condition().describe()).contains("nobody.invalid");
        }
    }
}
