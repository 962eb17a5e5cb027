package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.metsuke.archive.PartitionProgress.Tracked;
import dev.metsuke.archive.index.BulkWriter;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.SettingsFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ArchiveLoopTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topic.ACCESS_EVENTS.title(), 0);

    @Test
    void commitsTwiceASecondWhateverTheClockIsSetTo() {
        Instant last = Instant.parse("2026-12-01T12:00:00Z");

        assertThat(ArchiveLoop.isDue(Instant.MIN, last)).isTrue();
        assertThat(ArchiveLoop.isDue(last, last.plusMillis(499))).isFalse();
        assertThat(ArchiveLoop.isDue(last, last.plusMillis(500))).isTrue();
        assertThat(ArchiveLoop.isDue(last, last.minusSeconds(3_600))).isTrue();
    }

    @Test
    @Timeout(30)
    void waitsForNothingAgainWhereItsConsumerIsClosedAtTheEnd() throws InterruptedException {
        // Given
        BrokerIsAway consumer = new BrokerIsAway();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ArchiveSettings settings = SettingsFile.defaults().section("archive", ArchiveSettings.class);
        try (BulkWriter<Tracked> writer = new BulkWriter<>(
                        _ -> List.of(), settings.bulk(), InstantSource.system(), new Random(1), meters);
                RejectingCommitter rejecting = new RejectingCommitter(KafkaSettings.of("127.0.0.1:1"), "test")) {
            ArchiveLoop loop = new ArchiveLoop(
                    consumer,
                    writer,
                    rejecting,
                    new ArchiveMeters(meters),
                    InstantSource.system(),
                    new ArchiveLoop.Room(1, 1));
            AtomicInteger rounds = new AtomicInteger();
            loop.run(() -> rounds.incrementAndGet() > 2);
            int triedToCommit = consumer.commits;

            // When
            loop.onPartitionsRevoked(List.of(PARTITION));

            // Then
            assertThat(triedToCommit).isPositive();
            assertThat(consumer.commits).isEqualTo(triedToCommit);
        }
    }

    /** Has one partition, of which nothing was committed, and can commit nothing. */
    private static final class BrokerIsAway extends MockConsumer<byte[], byte[]> {

        private int commits;

        BrokerIsAway() {
            super("none");
            updateBeginningOffsets(Map.of(PARTITION, 0L));
            schedulePollTask(() -> rebalance(List.of(PARTITION)));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            commits++;
            throw new TimeoutException("away");
        }
    }
}
