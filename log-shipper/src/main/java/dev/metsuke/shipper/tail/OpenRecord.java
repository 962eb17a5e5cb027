package dev.metsuke.shipper.tail;

/**
 * A record longer than any buffer whose end is not found yet: how far it was looked for, so that no byte is looked at twice
 * however long the record grows.
 */
final class OpenRecord {

    private final LongRecord record;
    private final long start;
    private final RunningChecksum checksums = new RunningChecksum();
    private long scanned;
    private int checksum;

    /** Begins where all before it is read, with that checksum. */
    OpenRecord(LongRecord record, long start, int checksum) {
        this.record = record;
        this.start = start;
        this.scanned = start;
        this.checksum = checksum;
    }

    LongRecord record() {
        return record;
    }

    long start() {
        return start;
    }

    /** Where the file's bytes begin that were not looked at. */
    long scanned() {
        return scanned;
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
}
