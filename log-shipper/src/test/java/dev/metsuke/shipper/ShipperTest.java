package dev.metsuke.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ShipperTest {

    @Test
    void logsTheReasonOfAWaitOnce(@TempDir Path folder) throws InterruptedException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Shipper.class);
        // Tells of each attempt.
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        try (Shipper shipper = new Shipper(
                ShipperSettings.of("test", folder, List.of()),
                new KafkaSettings("127.0.0.1:1", 4, (short) 1, Map.of("metric.reporters", "no.such.Reporter")),
                new SimpleMeterRegistry())) {
            shipper.start();
            while (count(log, Level.DEBUG) < 3) {
                Thread.sleep(10);
            }
            assertThat(shipper.condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(shipper.condition().describe()).contains("no.such.Reporter");
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        assertThat(count(log, Level.WARN)).isEqualTo(1);
    }

    private static long count(ListAppender<ILoggingEvent> log, Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .count();
    }
}
