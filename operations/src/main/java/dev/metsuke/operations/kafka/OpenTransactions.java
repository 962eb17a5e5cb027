package dev.metsuke.operations.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds transactions that stay open. Readers of committed records stop before them without a word, and count as what they
 * have not read only what lies before.
 */
public final class OpenTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);

    /** Brokers grant no transaction more, unless they are told to. */
    private static final Duration LONGEST_GRANTED = Duration.ofMinutes(15);

    private final Collection<String> topics;
    private final Map<TopicPartition, Standstill> standing = new HashMap<>();
    private volatile Duration longest = Duration.ZERO;

    /**
     * Has looked at nothing yet.
     *
     * @param topics by their names
     * @param gauge the name of the one that tells the longest
     */
    public OpenTransactions(Collection<String> topics, String gauge, MeterRegistry meters) {
        this.topics = List.copyOf(topics);
        Gauge.builder(gauge, this, open -> open.longest().toSeconds())
                .description("How long a transaction has kept what lies behind it from readers of committed records")
                .baseUnit("seconds")
                .register(meters);
    }

    /** How long the readers of some partition have stopped at the same transaction, as the last look found it. */
    public Duration longest() {
        return longest;
    }

    /** Looks again. Where readers stop comes first: what is written later than that does not count. */
    public void look(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> readable = TopicOffsets.committedEnds(admin, topics);
        note(readable, TopicOffsets.offsets(admin, topics, OffsetSpec.latest()), System.nanoTime());
    }

    /**
     * Takes in what a look found.
     *
     * @param readable where readers of committed records stop
     * @param ends where the partitions end
     * @param now by {@link System#nanoTime}
     */
    void note(Map<TopicPartition, Long> readable, Map<TopicPartition, Long> ends, long now) {
        standing.keySet().retainAll(readable.keySet());
        readable.forEach((partition, end) -> {
            Standstill before = standing.get(partition);
            if (end >= ends.getOrDefault(partition, end)) {
                standing.remove(partition);
            } else if (before == null || before.offset != end) {
                standing.put(partition, new Standstill(end, now, false));
            } else if (!before.isTold && before.lasts(now).compareTo(LONGEST_GRANTED) > 0) {
                LOG.error(
                        "Readers of {} have got nothing behind offset {} for {} minutes: a transaction there has no"
                                + " end. Kafka's kafka-transactions.sh find-hanging tells which, and abort ends it.",
                        partition,
                        end,
                        before.lasts(now).toMinutes());
                standing.put(partition, new Standstill(end, before.since, true));
            }
        });
        longest = standing.values().stream()
                .map(standstill -> standstill.lasts(now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * Where readers stop.
     *
     * @param offset of the first record that they do not get
     * @param since when that was found, by {@link System#nanoTime}
     * @param isTold whether the log has it
     */
    private record Standstill(long offset, long since, boolean isTold) {

        Duration lasts(long now) {
            return Duration.ofNanos(now - since);
        }
    }
}
