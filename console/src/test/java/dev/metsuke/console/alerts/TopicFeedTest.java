package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.metsuke.events.language.Language;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class TopicFeedTest {

    @Test
    void logsTheReasonOfAWaitOnce() throws InterruptedException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TopicFeed.class);
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try (TopicFeed feed = feed(Map.of("metric.reporters", "no.such.Reporter"), _ -> {})) {
            feed.start();
            while (List.copyOf(log.list).isEmpty()) {
                Thread.sleep(5);
            }
            assertThat(feed.state().condition()).isInstanceOf(Condition.Waiting.class);
            assertThat(feed.state().text().in(Language.ENGLISH))
                    .isEqualTo(feed.state().condition().describe())
                    .contains("no.such.Reporter");
            // It tries again every second.
            Thread.sleep(2_500);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        assertThat(log.list).hasSize(1);
    }

    @Test
    void saysThatItFailedWhereTheMemoryDidNotSuffice() throws InterruptedException {
        try (TopicFeed feed = feed(Map.of(), _ -> {
            throw new OutOfMemoryError("surprise");
        })) {
            feed.start();
            while (!(feed.state().condition() instanceof Condition.ForGood)) {
                Thread.sleep(5);
            }
            assertThat(feed.state().condition().describe())
                    .isEqualTo("failed: reading metsuke.alerts failed (java.lang.OutOfMemoryError: surprise);"
                            + " the log says where");
        }
    }

    private static TopicFeed feed(Map<String, String> properties, Consumer<FeedState> changed) {
        TopicFeed.Reader reader = new TopicFeed.Reader() {
            @Override
            public void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) {}

            @Override
            public void caughtUp() {}

            @Override
            public void changed(FeedState state) {
                changed.accept(state);
            }
        };
        KafkaSettings kafka = new KafkaSettings("127.0.0.1:1", 4, (short) 1, properties);
        return new TopicFeed(kafka, Topic.ALERTS, "test", reader, new SimpleMeterRegistry());
    }
}
