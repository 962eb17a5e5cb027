package dev.metsuke.archive;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.Causes;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What Kafka holds that the archive has not taken yet. Its records need not be read to tell. */
public final class Backlog {

    /** Lines, and what proves them. */
    public static final Set<Topic> OF_LINES =
            Collections.unmodifiableSet(EnumSet.of(Topic.ACCESS_EVENTS, Topic.SEALS, Topic.RETENTION));

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long RESOLUTION_MILLIS = Duration.ofSeconds(1).toMillis();

    /** Kafka's word for no record at that time or later. */
    static final long NOTHING_LATER = -1;

    private final Map<TopicPartition, Long> next;
    private final Map<TopicPartition, Long> ends;
    private final Records records;

    private Backlog(Map<TopicPartition, Long> next, Records records) throws ExecutionException, InterruptedException {
        this.next = new HashMap<>(next);
        this.ends = records.ends();
        this.records = records;
        // What Kafka has deleted does not wait any more.
        records.beginnings().forEach((partition, beginning) -> this.next.merge(partition, beginning, Math::max));
    }

    /**
     * Since when the oldest of it has been waiting, by the brokers' clock and to the second; with what open transactions hold back.
     *
     * @param groupId of the archive
     * @param topics of which
     * @param youngest what came later may wait
     * @return empty where nothing waits that came before that
     * @throws IOException where that cannot be told
     */
    public static Optional<Instant> waitingSince(
            KafkaSettings kafka, String groupId, Set<Topic> topics, Instant youngest) throws IOException {
        Map<String, Object> client = kafka.clientProperties("metsuke-archive-backlog");
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        try (Admin brokers = Admin.create(client)) {
            Map<TopicPartition, Long> next = TopicOffsets.committed(brokers, groupId);
            if (next.isEmpty()) {
                throw new IOException("Kafka at " + kafka.bootstrapServers() + " knows no consumer group " + groupId
                        + "; check archive.group-id");
            }
            return waitingSince(
                    next,
                    new OfBrokers(brokers, topics.stream().map(Topic::title).toList()),
                    youngest);
        } catch (ExecutionException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not tell: " + e.getCause(), e);
        } catch (KafkaException e) {
            throw new IOException(
                    "Kafka at " + kafka.bootstrapServers() + " cannot be asked: "
                            + Causes.of(e).getLast(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before Kafka had told how far the archive is");
        }
    }

    /**
     * The same, of what the archive has.
     *
     * @param next where it goes on, for each partition of which it has committed that
     */
    static Optional<Instant> waitingSince(Map<TopicPartition, Long> next, Records records, Instant youngest)
            throws ExecutionException, InterruptedException {
        return new Backlog(next, records).waitingSince(youngest);
    }

    private Optional<Instant> waitingSince(Instant youngest) throws ExecutionException, InterruptedException {
        if (isArchivedUntil(youngest.toEpochMilli())) {
            return Optional.empty();
        }
        long archived = 0;
        long waiting = youngest.toEpochMilli();
        while (waiting - archived > RESOLUTION_MILLIS) {
            long between = archived + (waiting - archived) / 2;
            if (isArchivedUntil(between)) {
                archived = between;
            } else {
                waiting = between;
            }
        }
        return Optional.of(Instant.ofEpochMilli(archived));
    }

    /** Whether all is archived that came before this moment. The ends were asked for before: what came since lies behind them. */
    private boolean isArchivedUntil(long millis) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> firstLater = new HashMap<>(records.since(millis));
        firstLater.replaceAll((partition, first) -> first == NOTHING_LATER ? ends.getOrDefault(partition, 0L) : first);
        return TopicOffsets.isThrough(next, firstLater);
    }

    /** Where records lie, by partition. */
    interface Records {

        Map<TopicPartition, Long> beginnings() throws ExecutionException, InterruptedException;

        Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException;

        /** The first that came then or later, or {@link #NOTHING_LATER}. */
        Map<TopicPartition, Long> since(long millis) throws ExecutionException, InterruptedException;
    }

    private record OfBrokers(Admin brokers, List<String> topics) implements Records {

        @Override
        public Map<TopicPartition, Long> beginnings() throws ExecutionException, InterruptedException {
            return offsets(OffsetSpec.earliest());
        }

        @Override
        public Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
            return offsets(OffsetSpec.latest());
        }

        @Override
        public Map<TopicPartition, Long> since(long millis) throws ExecutionException, InterruptedException {
            return offsets(OffsetSpec.forTimestamp(millis));
        }

        private Map<TopicPartition, Long> offsets(OffsetSpec what) throws ExecutionException, InterruptedException {
            return TopicOffsets.offsets(brokers, topics, what);
        }
    }
}
