package dev.metsuke.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final TopicPartition BUSY = new TopicPartition("metsuke.access-events", 0);
    private static final TopicPartition QUIET = new TopicPartition("metsuke.access-events", 1);

    /** One a minute up to noon, the first of them with that offset. */
    private final Log busy = new Log(100, NOON.minus(Duration.ofMinutes(59)), 60);

    @Test
    void tellsSinceWhenTheOldestRecordWaits() throws Exception {
        Brokers brokers = new Brokers(Map.of(BUSY, busy));

        assertThat(Backlog.waitingSince(Map.of(BUSY, 160L), brokers, NOON)).isEmpty();
        assertThat(Backlog.waitingSince(Map.of(BUSY, 150L), brokers, NOON))
                .hasValueSatisfying(since -> assertThat(Duration.between(since, NOON.minus(Duration.ofMinutes(9))))
                        .isBetween(Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(Backlog.waitingSince(Map.of(BUSY, 150L), brokers, NOON.minus(Duration.ofMinutes(10))))
                .isEmpty();
    }

    /** What it lost is missing, and must not be taken for something that still comes. */
    @Test
    void countsNothingThatKafkaHasDeleted() throws Exception {
        Brokers brokers = new Brokers(Map.of(BUSY, busy, QUIET, new Log(500, NOON, 0)));

        assertThat(Backlog.waitingSince(Map.of(BUSY, 160L, QUIET, 400L), brokers, NOON))
                .isEmpty();
        assertThat(Backlog.waitingSince(Map.of(BUSY, 160L), brokers, NOON)).isEmpty();
    }

    @Test
    void doesNotMindWhatComesWhileItAsks() throws Exception {
        Brokers brokers = new Brokers(Map.of(BUSY, busy));
        brokers.isGrowing = true;

        assertThat(Backlog.waitingSince(Map.of(BUSY, 160L), brokers, NOON.plusSeconds(30)))
                .isEmpty();
    }

    @Test
    void saysWhyKafkaCannotBeAsked() {
        KafkaSettings noAuthority = new KafkaSettings(
                "127.0.0.1:1",
                4,
                (short) 1,
                Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", "/no/such/ca.crt"));

        assertThatThrownBy(() -> Backlog.waitingSince(noAuthority, "archive", Backlog.OF_LINES, NOON))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("Kafka at 127.0.0.1:1 cannot be asked: ", "/no/such/ca.crt");
    }

    /** Records a minute apart. */
    private record Log(long beginning, Instant first, int size) {

        long end() {
            return beginning + size;
        }

        long since(Instant time) {
            long place = time.isAfter(first)
                    ? Math.ceilDiv(Duration.between(first, time).toMillis(), 60_000)
                    : 0;
            return place < size ? beginning + place : Backlog.NOTHING_LATER;
        }

        Log grown() {
            return new Log(beginning, first, size + 1);
        }
    }

    private static final class Brokers implements Backlog.Records {

        private final Map<TopicPartition, Log> logs;
        private boolean isGrowing;

        Brokers(Map<TopicPartition, Log> logs) {
            this.logs = new HashMap<>(logs);
        }

        @Override
        public Map<TopicPartition, Long> beginnings() {
            return of(Log::beginning);
        }

        @Override
        public Map<TopicPartition, Long> ends() {
            return of(Log::end);
        }

        @Override
        public Map<TopicPartition, Long> since(long millis) {
            Map<TopicPartition, Long> found = of(log -> log.since(Instant.ofEpochMilli(millis)));
            if (isGrowing) {
                logs.replaceAll((partition, log) -> log.grown());
            }
            return found;
        }

        private Map<TopicPartition, Long> of(Function<Log, Long> offset) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            logs.forEach((partition, log) -> offsets.put(partition, offset.apply(log)));
            return offsets;
        }
    }
}
