package dev.metsuke.archive;

import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What Kafka holds of lines, and of what proves them, that the archive has not taken yet. Its records need not be read to tell. */
public final class Backlog {

    private static final List<String> TOPICS =
            List.of(Topic.ACCESS_EVENTS.title(), Topic.SEALS.title(), Topic.RETENTION.title());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long RESOLUTION_MILLIS = Duration.ofSeconds(1).toMillis();

    private final Admin brokers;
    private final Map<TopicPartition, Long> next;

    private Backlog(Admin brokers, Map<TopicPartition, Long> next) {
        this.brokers = brokers;
        this.next = next;
    }

    /**
     * Since when the oldest of it has been waiting, by the brokers' clock and to the second; with what open transactions hold back.
     *
     * @param groupId of the archive
     * @param youngest what came later may wait
     * @return empty where nothing waits that came before that
     * @throws IOException where that cannot be told
     */
    public static Optional<Instant> waitingSince(KafkaSettings kafka, String groupId, Instant youngest)
            throws IOException {
        Map<String, Object> client = kafka.clientProperties("metsuke-archive-backlog");
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        try (Admin brokers = Admin.create(client)) {
            Map<TopicPartition, Long> next = TopicOffsets.committed(brokers, groupId);
            if (next.isEmpty()) {
                throw new IOException("Kafka at " + kafka.bootstrapServers() + " knows no consumer group " + groupId
                        + "; check archive.group-id");
            }
            return new Backlog(brokers, next).waitingSince(youngest);
        } catch (ExecutionException e) {
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not tell: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before Kafka had told how far the archive is");
        }
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

    /** Whether all is archived that came before this moment. */
    private boolean isArchivedUntil(long millis) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> firstLater = new HashMap<>();
        TopicOffsets.ask(brokers, TOPICS, OffsetSpec.forTimestamp(millis))
                .forEach((partition, found) -> firstLater.put(partition, found.offset()));
        if (firstLater.containsValue(-1L)) {
            // Nothing came later.
            TopicOffsets.ask(brokers, TOPICS, OffsetSpec.latest())
                    .forEach((partition, end) -> firstLater.replace(partition, -1L, end.offset()));
        }
        return TopicOffsets.isThrough(next, firstLater);
    }
}
