package dev.metsuke.archive;

import dev.metsuke.archive.PartitionProgress.Tracked;
import dev.metsuke.archive.index.BulkOutcome.Indexed;
import dev.metsuke.archive.index.BulkOutcome.Poison;
import dev.metsuke.archive.index.BulkWriter;
import dev.metsuke.archive.index.Prepared.Document;
import dev.metsuke.archive.index.Prepared.Unusable;
import dev.metsuke.archive.index.TopicIndexing;
import dev.metsuke.events.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes records, hands them to the writer, and commits what is through; one thread runs it. */
final class ArchiveLoop implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveLoop.class);

    private static final Duration LONGEST_POLL = Duration.ofMillis(100);
    private static final Duration ROOM_WAIT = Duration.ofMillis(20);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POSITION_TIMEOUT = Duration.ofSeconds(5);

    /** How long what is under way may take when partitions go to another member, or at the end. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final BulkWriter<Tracked> writer;
    private final RejectingCommitter rejecting;
    private final ArchiveMeters meters;
    private final InstantSource clock;
    private final Room room;
    private final Map<TopicPartition, PartitionProgress> assigned = new HashMap<>();
    private final ArrayDeque<Tracked> backlog = new ArrayDeque<>();
    private Instant lastCommit = Instant.MIN;

    /**
     * Subscribes to nothing yet.
     *
     * @param room how much may be under way
     */
    ArchiveLoop(
            Consumer<byte[], byte[]> consumer,
            BulkWriter<Tracked> writer,
            RejectingCommitter rejecting,
            ArchiveMeters meters,
            InstantSource clock,
            Room room) {
        this.consumer = consumer;
        this.writer = writer;
        this.rejecting = rejecting;
        this.meters = meters;
        this.clock = clock;
        this.room = room;
    }

    void run(BooleanSupplier stopping) throws InterruptedException {
        consumer.subscribe(TopicIndexing.topics().stream().map(Topic::title).toList(), this);
        while (!stopping.getAsBoolean()) {
            settle(Duration.ZERO);
            take();
            write();
            if (isDue(lastCommit, clock.instant())) {
                commit(assigned.keySet());
                measureLag();
                lastCommit = clock.instant();
            }
        }
        drain(assigned.keySet());
        commit(assigned.keySet());
        // The consumer gives its partitions back when it is closed: nothing is to be waited for once more.
        forget(Set.copyOf(assigned.keySet()));
    }

    /** Whether it is time to commit again; it is also where the clock was set back behind the last time. */
    static boolean isDue(Instant lastCommit, Instant now) {
        return now.isBefore(lastCommit) || !now.isBefore(lastCommit.plus(COMMIT_INTERVAL));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Set<TopicPartition> fresh = new HashSet<>(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(fresh);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(fresh);
        for (TopicPartition partition : fresh) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            OffsetAndMetadata found = committed.get(partition);
            long next = found == null ? beginning : found.offset();
            if (next < beginning) {
                noteLoss(partition, next, beginning);
                next = beginning;
            }
            consumer.seek(partition, next);
            // Where records are lost, what is committed is to move behind them though none come after.
            assigned.put(partition, new PartitionProgress(partition, found == null ? -1 : found.offset()));
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        Set<TopicPartition> going = new HashSet<>(partitions);
        try {
            drain(going);
            commit(going);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(going);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn("Another member of the group has {} now; what was under way there is done again.", partitions);
        forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(assigned::remove);
        backlog.removeIf(tracked -> !isCurrent(tracked.progress()));
    }

    private boolean isCurrent(PartitionProgress progress) {
        return assigned.get(progress.partition()) == progress;
    }

    /** Polls in any case, lest the group take this member for dead; but for no records while there is no room. */
    private void take() {
        Room each = room.sharedBy(assigned.size());
        Set<TopicPartition> heldBack = new HashSet<>();
        int remembered = 0;
        for (PartitionProgress progress : assigned.values()) {
            boolean isHeldBack = progress.isHeldBack(each);
            if (isHeldBack) {
                heldBack.add(progress.partition());
            }
            // What waits in one partition must not take the room of the others.
            remembered += isHeldBack ? Math.min(each.records(), progress.remembered()) : progress.remembered();
        }
        boolean hungry = backlog.isEmpty() && remembered < room.records();
        Duration wait = Duration.ZERO;
        if (hungry) {
            Set<TopicPartition> again = new HashSet<>(consumer.paused());
            again.removeAll(heldBack);
            consumer.resume(again);
            consumer.pause(heldBack);
            wait = writer.untilDue().compareTo(LONGEST_POLL) < 0 ? writer.untilDue() : LONGEST_POLL;
        } else {
            consumer.pause(consumer.assignment());
        }
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
                take(record);
            }
        } catch (InvalidOffsetException e) {
            startOver(e.partitions());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        PartitionProgress progress = assigned.get(new TopicPartition(record.topic(), record.partition()));
        if (progress == null) {
            throw new IllegalStateException("a record of a partition that is not assigned: " + record.topic());
        }
        meters.taken(record.topic());
        backlog.add(progress.taken(record));
    }

    private void write() throws InterruptedException {
        boolean room = true;
        while (room && !backlog.isEmpty()) {
            room = write(backlog.element());
            if (room) {
                backlog.remove();
            }
        }
        writer.flushIfDue();
        if (!room) {
            settle(ROOM_WAIT);
        }
    }

    private boolean write(Tracked tracked) {
        return switch (TopicIndexing.prepare(tracked.record())) {
            case Document document -> {
                boolean taken = writer.offer(tracked, document);
                if (taken) {
                    tracked.progress().writing();
                }
                yield taken;
            }
            case Unusable(String reason) -> {
                reject(tracked, reason);
                tracked.progress().through(tracked.ticket());
                yield true;
            }
        };
    }

    /** Takes all outcomes that are there, and waits for the first if none is. */
    private boolean settle(Duration wait) throws InterruptedException {
        writer.drainWaiting(tracked -> tracked.progress().waits(tracked));
        Optional<BulkWriter.Done<Tracked>> done = writer.poll(wait);
        boolean any = done.isPresent();
        while (done.isPresent()) {
            settle(done.get());
            done = writer.poll(Duration.ZERO);
        }
        return any;
    }

    private void settle(BulkWriter.Done<Tracked> done) {
        Tracked tracked = done.item();
        switch (done.outcome()) {
            case Indexed(boolean fresh) -> meters.indexed(tracked.record().topic(), fresh);
            case Poison(String reason) -> reject(tracked, reason);
        }
        tracked.progress().written(tracked);
    }

    private void reject(Tracked tracked, String reason) {
        String topic = tracked.record().topic();
        if (topic.equals(Topic.REJECTED.title())) {
            // It stands there already; sending it again would go round for ever.
            meters.undeliverable(topic);
            LOG.error(
                    "A rejected record cannot be archived and stays in Kafka only, at {}: {}",
                    TopicIndexing.origin(tracked.record()),
                    reason);
        } else if (isCurrent(tracked.progress())) {
            meters.rejected(topic);
            tracked.progress().reject(new Rejection(tracked.record(), reason));
        }
    }

    /** Waits, not for ever, until the writer has nothing of these partitions. */
    private void drain(Collection<TopicPartition> partitions) throws InterruptedException {
        long start = System.nanoTime();
        while (inWriter(partitions) > 0
                && System.nanoTime() - start < DRAIN_TIMEOUT.toNanos()
                && writer.trouble().isEmpty()) {
            writer.flush();
            settle(ROOM_WAIT);
        }
    }

    private int inWriter(Collection<TopicPartition> partitions) {
        int writing = 0;
        for (TopicPartition partition : partitions) {
            PartitionProgress progress = assigned.get(partition);
            writing += progress == null ? 0 : progress.inWriter();
        }
        return writing;
    }

    private void commit(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        List<Rejection> rejections = new ArrayList<>();
        try {
            for (TopicPartition partition : partitions) {
                PartitionProgress progress = assigned.get(partition);
                if (progress == null) {
                    continue;
                }
                long safe = progress.safe(consumer.position(partition, POSITION_TIMEOUT));
                if (safe > progress.committed()) {
                    offsets.put(partition, new OffsetAndMetadata(safe));
                    rejections.addAll(progress.rejectionsBefore(safe));
                }
            }
            if (offsets.isEmpty()) {
                return;
            }
            if (rejections.isEmpty()) {
                consumer.commitSync(offsets, COMMIT_TIMEOUT);
            } else if (!rejecting.commit(rejections, offsets, consumer.groupMetadata())) {
                return;
            }
        } catch (RetriableException | CommitFailedException e) {
            LOG.warn("Offsets could not be committed now, and will be later: {}", e.toString());
            return;
        }
        offsets.forEach((partition, offset) -> {
            PartitionProgress progress = assigned.get(partition);
            if (progress != null) {
                progress.committed(offset.offset());
            }
        });
    }

    private void measureLag() {
        long lag = 0;
        for (Map.Entry<TopicPartition, PartitionProgress> entry : assigned.entrySet()) {
            lag += consumer.currentLag(entry.getKey()).orElse(0)
                    + entry.getValue().remembered();
        }
        meters.lag(lag);
    }

    /** Kafka no longer has, or does not have, the record that comes next. */
    private void startOver(Set<TopicPartition> partitions) {
        consumer.beginningOffsets(partitions).forEach((partition, beginning) -> {
            PartitionProgress progress = assigned.get(partition);
            noteLoss(partition, progress == null ? -1 : progress.committed(), beginning);
            backlog.removeIf(tracked -> tracked.progress().partition().equals(partition));
            consumer.seek(partition, beginning);
            assigned.put(partition, new PartitionProgress(partition, -1));
        });
    }

    private void noteLoss(TopicPartition partition, long next, long beginning) {
        if (next >= 0 && next < beginning) {
            meters.lost(beginning - next);
            LOG.error(
                    "Kafka deleted up to {} records of {} (offsets {} to {}) before they were archived; its retention"
                            + " is shorter than the archive was away.",
                    beginning - next,
                    partition,
                    next,
                    beginning - 1);
        } else {
            LOG.error("{} was made anew; it is archived from its beginning at {}.", partition, beginning);
        }
    }

    /**
     * How much may be under way.
     *
     * @param records how many records may be remembered, under way or through behind such, before no more are taken
     * @param waitingBytes how much may wait for indices that take nothing while others are written
     */
    record Room(int records, long waitingBytes) {

        Room sharedBy(int partitions) {
            int count = Math.max(1, partitions);
            return new Room(Math.max(1, records / count), Math.max(1, waitingBytes / count));
        }
    }
}
