package dev.metsuke.operations.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {

    private static final TopicPartition ONE = new TopicPartition("metsuke.access-events", 0);
    private static final TopicPartition OTHER = new TopicPartition("metsuke.access-events", 1);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final OpenTransactions transactions =
            new OpenTransactions(List.of("metsuke.access-events"), "metsuke.test.open.transaction", meters);

    @Test
    void tellsHowLongReadersHaveStoppedAtTheSameTransaction() {
        look(0, Map.of(ONE, 100L, OTHER, 7L), Map.of(ONE, 120L, OTHER, 9L));
        look(60, Map.of(ONE, 100L, OTHER, 9L), Map.of(ONE, 500L, OTHER, 9L));

        assertThat(transactions.longest()).isEqualTo(Duration.ofMinutes(1));

        look(3_600, Map.of(ONE, 100L, OTHER, 9L), Map.of(ONE, 900L, OTHER, 9L));

        assertThat(transactions.longest()).isEqualTo(Duration.ofHours(1));
        assertThat(meters.get("metsuke.test.open.transaction").gauge().value()).isEqualTo(3_600);
    }

    @Test
    void doesNotMindTransactionsThatFollowEachOther() {
        look(0, Map.of(ONE, 100L), Map.of(ONE, 120L));
        look(600, Map.of(ONE, 130L), Map.of(ONE, 140L));

        assertThat(transactions.longest()).isZero();
    }

    @Test
    void forgetsATransactionThatWasEnded() {
        look(0, Map.of(ONE, 100L), Map.of(ONE, 120L));
        look(1_200, Map.of(ONE, 100L), Map.of(ONE, 120L));
        look(1_230, Map.of(ONE, 120L), Map.of(ONE, 120L));
        assertThat(transactions.longest()).isZero();

        look(1_260, Map.of(ONE, 120L), Map.of(ONE, 121L));
        look(1_290, Map.of(ONE, 120L), Map.of(ONE, 121L));
        assertThat(transactions.longest()).isEqualTo(Duration.ofSeconds(30));
    }

    private void look(int second, Map<TopicPartition, Long> readable, Map<TopicPartition, Long> ends) {
        transactions.note(readable, ends, Duration.ofSeconds(second).toNanos());
    }
}
