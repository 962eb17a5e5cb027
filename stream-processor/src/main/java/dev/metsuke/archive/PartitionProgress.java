package dev.metsuke.archive;

import dev.metsuke.archive.PrefixTracker.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How far one assigned partition is archived. */
final class PartitionProgress {

    private final TopicPartition partition;
    private final PrefixTracker tracker = new PrefixTracker();
    private final List<Rejection> rejections = new ArrayList<>();
    private long committed;
    private int writing;
    private long waitingBytes;

    PartitionProgress(TopicPartition partition, long committed) {
        this.partition = partition;
        this.committed = committed;
    }

    TopicPartition partition() {
        return partition;
    }

    /** A record came from Kafka. */
    Tracked taken(ConsumerRecord<byte[], byte[]> record) {
        return new Tracked(this, record, tracker.started(record.offset()));
    }

    /** A record was handed to the writer. */
    void writing() {
        writing++;
    }

    /** A record that was handed to the writer has to wait while others are written. */
    void waits(Tracked tracked) {
        if (tracked.ticket().waits()) {
            waitingBytes += tracked.bytes();
        }
    }

    /** The writer is done with a record. */
    void written(Tracked tracked) {
        writing--;
        if (tracked.ticket().isWaiting()) {
            waitingBytes -= tracked.bytes();
        }
        tracker.confirmed(tracked.ticket());
    }

    /** Whether records of it wait, and it should be given no more until they are through. */
    boolean isHeldBack(ArchiveLoop.Room room) {
        return waitingBytes >= room.waitingBytes() || (waitingBytes > 0 && remembered() >= room.records());
    }

    /** A record needs no writer. */
    void through(Ticket ticket) {
        tracker.confirmed(ticket);
    }

    /** A record is to be sent to {@code metsuke.rejected} with the commit that passes it. */
    void reject(Rejection rejection) {
        rejections.add(rejection);
    }

    /** How many of its records the writer has. */
    int inWriter() {
        return writing;
    }

    int remembered() {
        return tracker.size() + rejections.size();
    }

    /** Up to where all is through: {@code position} unless something is still under way. */
    long safe(long position) {
        return tracker.firstPending().orElse(position);
    }

    /** What has to be sent before {@code offset} may be committed. */
    List<Rejection> rejectionsBefore(long offset) {
        return rejections.stream()
                .filter(rejection -> rejection.record().offset() < offset)
                .toList();
    }

    long committed() {
        return committed;
    }

    void committed(long offset) {
        committed = offset;
        rejections.removeIf(rejection -> rejection.record().offset() < offset);
    }

    /**
     * A record under way.
     *
     * @param progress its partition's
     * @param record as Kafka gave it
     * @param ticket its place among those under way
     */
    record Tracked(PartitionProgress progress, ConsumerRecord<byte[], byte[]> record, Ticket ticket) {

        private static final int OVERHEAD = 96;

        /** What it takes in memory, roughly. */
        private long bytes() {
            return (long) Math.max(0, record.serializedValueSize()) + OVERHEAD;
        }
    }
}
