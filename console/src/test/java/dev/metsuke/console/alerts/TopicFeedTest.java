package dev.metsuke.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.part.Condition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TopicFeedTest {

    @Test
    void saysThatItFailedWhereTheMemoryDidNotSuffice() throws InterruptedException {
        TopicFeed.Reader exhausted = new TopicFeed.Reader() {
            @Override
            public void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) {}

            @Override
            public void caughtUp() {}

            @Override
            public void changed(Condition condition) {
                throw new OutOfMemoryError("surprise");
            }
        };
        try (TopicFeed feed = new TopicFeed(
                KafkaSettings.of("127.0.0.1:1"), Topic.ALERTS, "test", exhausted, new SimpleMeterRegistry())) {
            feed.start();
            while (!(feed.condition() instanceof Condition.ForGood)) {
                Thread.sleep(5);
            }
            assertThat(feed.condition().describe())
                    .isEqualTo("failed: reading metsuke.alerts failed (java.lang.OutOfMemoryError: surprise);"
                            + " the log says where");
        }
    }
}
