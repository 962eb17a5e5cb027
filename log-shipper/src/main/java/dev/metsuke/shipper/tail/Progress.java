package dev.metsuke.shipper.tail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a file's content is read.
 *
 * @param identity of the content: the file it was first read from, whatever carries it now, and its first bytes
 * @param generation how often the file that carries it had begun anew
 * @param offset where the next record begins, in bytes of the content as it was logged
 * @param size how long it was, in bytes; what lies between is known to be unread
 * @param firstLine SHA-256 of the first record; part of every {@code event.id}
 * @param checkpoints of what was read, the last at the offset, fewer the further back; none where nothing was
 * @param readThrough of a compressed file that was read to its end, a stamp of its length and time; -1 for others
 * @param rotated whether the file no longer stands where it was found first
 * @param withinLine whether the offset is where a line was taken without its end
 */
public record Progress(
        FileIdentity identity,
        long generation,
        long offset,
        long size,
        @Nullable String firstLine,
        List<Checkpoint> checkpoints,
        long readThrough,
        boolean rotated,
        boolean withinLine) {

    public Progress {
        checkpoints = List.copyOf(checkpoints);
    }

    static Progress none(FileKey key, long generation) {
        FileIdentity identity = new FileIdentity(new ContentKey(key, generation), Fingerprint.EMPTY);
        return new Progress(identity, generation, 0, 0, null, List.of(), -1, false, false);
    }

    public long unreadBytes() {
        return Math.max(0, size - offset);
    }

    /** The same with nothing known to be unread. */
    public Progress toldOf() {
        return new Progress(
                identity, generation, offset, offset, firstLine, checkpoints, readThrough, rotated, withinLine);
    }

    /** The same read no further than the last of these checkpoints. */
    public Progress upTo(List<Checkpoint> shared, @Nullable String line) {
        long end = shared.getLast().offset();
        return new Progress(identity, generation, end, end, line, shared, -1, rotated, withinLine && end == offset);
    }

    Checkpoint last() {
        return checkpoints.isEmpty() ? Checkpoint.BEGINNING : checkpoints.getLast();
    }
}
