package dev.metsuke.archive;

import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.TopicOffsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what the archive committed with where the archived topics end. */
final class CatchUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final KafkaSettings settings;
    private final String groupId;
    private @Nullable Admin admin;

    CatchUp(KafkaSettings settings, String groupId) {
        this.settings = settings;
        this.groupId = groupId;
    }

    boolean isThrough() {
        try {
            return compare(admin());
        } catch (ExecutionException e) {
            LOG.debug("How far the archive is cannot be asked now.", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean compare(Admin brokers) throws ExecutionException, InterruptedException {
        List<String> topics = TopicIndexing.topics().stream().map(Topic::title).toList();
        Map<TopicPartition, Long> ends = TopicOffsets.committedEnds(brokers, topics);
        return TopicOffsets.isThrough(TopicOffsets.committed(brokers, groupId), ends);
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.clientProperties("metsuke-archive-progress"));
        }
        return admin;
    }

    /** What is being asked gets no answer any more. */
    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
