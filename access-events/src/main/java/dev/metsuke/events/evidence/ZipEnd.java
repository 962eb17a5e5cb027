package dev.metsuke.events.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The end of a ZIP file, which readers search for in different ways; here it must be the last thing in the file, and the
 * directory of entries right before it.
 *
 * @param entries how many the directory lists
 * @param directoryAt where it begins
 */
record ZipEnd(long entries, long directoryAt) {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_LENGTH = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_LENGTH = 56;
    /** Of what a number counts there that tells how long the rest is. */
    private static final int END_64_HEAD = 12;

    private static final long IN_END_64 = 0xffff_ffffL;
    private static final int ENTRIES_IN_END_64 = 0xffff;

    static ZipEnd of(Path file) throws IOException, NotGenuine {
        try (FileChannel in = FileChannel.open(file)) {
            long at = in.size() - END_LENGTH;
            ByteBuffer end = read(in, at, END_LENGTH);
            if (end.getInt(0) != END || end.getShort(20) != 0) {
                throw new NotGenuine("the ZIP file holds a comment, or other bytes behind its end");
            }
            long entries = Short.toUnsignedLong(end.getShort(10));
            long length = Integer.toUnsignedLong(end.getInt(12));
            long directoryAt = Integer.toUnsignedLong(end.getInt(16));
            long locatorAt = at - LOCATOR_64_LENGTH;
            if (locatorAt >= 0 && read(in, locatorAt, LOCATOR_64_LENGTH).getInt(0) == LOCATOR_64) {
                long at64 = read(in, locatorAt, LOCATOR_64_LENGTH).getLong(8);
                ByteBuffer end64 = read(in, at64, END_64_LENGTH);
                if (end64.getInt(0) != END_64
                        || at64 + END_64_HEAD + end64.getLong(4) != locatorAt
                        || contradicts(entries, ENTRIES_IN_END_64, end64.getLong(32))
                        || contradicts(length, IN_END_64, end64.getLong(40))
                        || contradicts(directoryAt, IN_END_64, end64.getLong(48))) {
                    throw new NotGenuine("the ZIP file has two ends that contradict one another");
                }
                entries = end64.getLong(32);
                length = end64.getLong(40);
                directoryAt = end64.getLong(48);
                at = at64;
            }
            if (directoryAt < 0 || length < 0 || directoryAt + length != at) {
                throw new NotGenuine("the ZIP file holds bytes before its first entry, or beside its directory");
            }
            return new ZipEnd(entries, directoryAt);
        }
    }

    private static boolean contradicts(long told, long elsewhere, long told64) {
        return told != elsewhere && told != told64;
    }

    private static ByteBuffer read(FileChannel in, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0) {
            throw new EOFException("it is too short");
        }
        while (bytes.hasRemaining()) {
            if (in.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("it is too short");
            }
        }
        return bytes;
    }
}
