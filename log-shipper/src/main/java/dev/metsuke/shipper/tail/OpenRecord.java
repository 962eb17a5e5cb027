package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record longer than any buffer whose end is not found yet: how far it was looked for, so that no byte is looked at twice
 * however long the record grows, and so that other files have their turns in between.
 */
final class OpenRecord {

    private final LongRecord record;
    private final long start;
    private final RunningChecksum checksums = new RunningChecksum();
    private final byte @Nullable [] kept;
    private final NulRun nuls;
    private long scanned;
    private int checksum;

    /**
     * Begins where all before it is read, with that checksum.
     *
     * @param kept what it begins with, where going back to read that again costs more than its room
     */
    OpenRecord(LongRecord record, NulRun nuls, long start, int checksum, byte @Nullable [] kept) {
        this.record = record;
        this.nuls = nuls;
        this.start = start;
        this.scanned = start;
        this.checksum = checksum;
        this.kept = kept;
    }

    LongRecord record() {
        return record;
    }

    /**
     * Looks for the end in the bytes that come next: the format's own, or that of a long run of NUL bytes before it.
     *
     * @param frame is told the record's end, and where the next one begins
     */
    boolean findEnd(byte[] bytes, int to, Frame frame) {
        boolean isFound = record.findEnd(bytes, 0, to, frame);
        int end = isFound ? LineFraming.endOfText(bytes, 0, frame.end()) : to;
        int behindNuls = nuls.findEnd(bytes, 0, end);
        if (behindNuls >= 0) {
            frame.set(0, behindNuls, behindNuls);
        }
        return isFound || behindNuls >= 0;
    }

    long start() {
        return start;
    }

    /** Where the file's bytes begin that were not looked at. */
    long scanned() {
        return scanned;
    }

    /** Where the NUL bytes begin that end what was looked at. */
    long endOfText() {
        return scanned - nuls.length();
    }

    /** Of all bytes of the file before there. */
    int checksum() {
        return checksum;
    }

    /** The bytes that come next, up to the given place in the buffer, are looked at. */
    void scan(byte[] buffer, int length) {
        checksum = checksums.append(checksum, buffer, 0, length);
        scanned += length;
    }

    /** What it begins with, so many bytes. */
    byte[] beginning(TailedFile file, int length) throws IOException {
        if (kept != null) {
            return kept;
        }
        byte[] beginning = new byte[length];
        int count = file.readAt(start, beginning);
        return Arrays.copyOf(beginning, count);
    }
}
