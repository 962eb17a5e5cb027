package dev.metsuke.archive.retention;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.search.ElasticsearchConnection;
import dev.metsuke.operations.search.ElasticsearchSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetentionKeeperTest {

    @Test
    void looksAgainAfterAnErrorOfTheJavaMachine() throws IOException, InterruptedException {
        CountDownLatch looks = new CountDownLatch(3);
        MeterRegistry meters = new SimpleMeterRegistry();
        try (ElasticsearchClient nobody =
                        ElasticsearchConnection.open(ElasticsearchSettings.of(URI.create("http://127.0.0.1:1")));
                RetentionKeeper keeper = new RetentionKeeper(
                        new RetentionSettings(10, Map.of(), Duration.ofMillis(100), null),
                        KafkaSettings.of("127.0.0.1:1"),
                        nobody,
                        () -> false,
                        List.of(Topic.ACCESS_EVENTS),
                        "archive",
                        () -> {
                            looks.countDown();
                            throw new StackOverflowError("surprise");
                        },
                        meters)) {
            keeper.start();

            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(meters.counter("metsuke.archive.retention.failures").count())
                    .isGreaterThanOrEqualTo(2);
        }
    }
}
