package dev.metsuke.shipper.tail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a content is read, and what proves another file to hold the same: checksums of what was read. */
final class ReadSoFar {

    private final RunningChecksum checksums = new RunningChecksum();
    private long offset;
    private int checksum;
    private List<Checkpoint> checkpoints = new ArrayList<>();
    private @Nullable String firstLine;
    private boolean withinLine;
    private @Nullable OpenRecord openRecord;

    /** Where the next record begins, in bytes. */
    long offset() {
        return offset;
    }

    /** SHA-256 of the first record in hexadecimal; null until it is read. */
    @Nullable
    String firstLine() {
        return firstLine;
    }

    void firstLineIs(String sha256) {
        firstLine = sha256;
    }

    /** The bytes up to the given place in the buffer, of which the first stands at the offset, are done with. */
    void advance(byte[] buffer, int length) {
        checksum = checksums.append(checksum, buffer, 0, length);
        offset += length;
        withinLine = false;
    }

    /** What the file ended with was taken for a record, though its line had no end. */
    void advancedWithinLine() {
        withinLine = true;
    }

    /** Whether the offset is where a line was taken without its end. */
    boolean isWithinLine() {
        return withinLine;
    }

    /** The record at the offset, where its end was looked for in more than a buffer holds of a file that is so long. */
    @Nullable
    OpenRecord openRecord(long size) {
        OpenRecord open = openRecord;
        return open != null && open.start() == offset && open.scanned() <= size ? open : null;
    }

    /**
     * A record begins at the offset whose end is looked for.
     *
     * @param length how many of these bytes it begins with
     * @param keepsThem whether going back to read them again costs more than their room
     */
    OpenRecord opens(LongRecord record, byte[] beginning, int length, boolean keepsThem) {
        byte[] kept = keepsThem ? Arrays.copyOf(beginning, length) : null;
        OpenRecord open = new OpenRecord(record, new NulRun(length), offset, checksum, kept);
        openRecord = open;
        return open;
    }

    /** The record is looked at anew. */
    void leaveOpenRecord() {
        openRecord = null;
    }

    /** The record is done with, as far as it was looked at. */
    void advanceBehind(OpenRecord closed) {
        offset = closed.scanned();
        checksum = closed.checksum();
        openRecord = null;
        withinLine = false;
    }

    void goTo(Progress progress) {
        offset = progress.offset();
        checksum = progress.last().checksum();
        checkpoints = new ArrayList<>(progress.checkpoints());
        firstLine = progress.firstLine();
        withinLine = progress.withinLine();
    }

    /** Places by which another file can be known for the same content, those that were remembered. */
    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    /** As it is remembered, with a checkpoint where it stands. */
    Progress progress(FileIdentity identity, long generation, long size, long readThrough, boolean rotated) {
        if (checkpoints.isEmpty() ? offset > 0 : checkpoints.getLast().offset() != offset) {
            checkpoints.add(new Checkpoint(offset, checksum));
            checkpoints = Checkpoint.thinned(checkpoints);
        }
        return new Progress(
                identity, generation, offset, size, firstLine, checkpoints, readThrough, rotated, withinLine);
    }
}
