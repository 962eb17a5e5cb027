package dev.metsuke.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DetectionTest {

    private static final StreamsException FAILED =
            new StreamsException("a task failed", new TimeoutException("no broker answered"));

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
        try (Detection detection = detection("nobody.invalid:9092")) {
            detection.start();
            while (detection.condition() instanceof Condition.Starting) {
                Thread.sleep(5);
            }
            assertThat(detection.condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(detection.condition().describe()).contains("nobody.invalid");
        }
    }

    @Test
    void replacesAThreadOnlyWhileTheBrokersAreKnown() {
        try (Detection detection = detection("127.0.0.1:1")) {
            assertThat(detection.recover(FAILED)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
    }

    /** The clients of a new thread could not be made then. */
    @Test
    void waitsWithANewThreadWhileNoAddressOfABrokerIsKnown() throws Exception {
        CompletableFuture<StreamThreadExceptionResponse> answer;
        Detection closed;
        try (Detection detection = detection("nobody.invalid:9092")) {
            closed = detection;
            answer = CompletableFuture.supplyAsync(() -> detection.recover(FAILED));
            while (detection.condition() instanceof Condition.Starting && !answer.isDone()) {
                Thread.sleep(5);
            }
            assertThat(answer).isNotDone();
            assertThat(detection.condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(detection.condition().describe()).contains("nobody.invalid");
        }
        assertThat(answer.get()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(closed.condition()).isInstanceOf(Condition.Stopped.class);
    }

    private static Detection detection(String brokers) {
        return new Detection(
                KafkaSettings.of(brokers),
                SettingsFile.defaults().section("detect", DetectSettings.class),
                DetectDriver.policy(""),
                new SimpleMeterRegistry());
    }
}
