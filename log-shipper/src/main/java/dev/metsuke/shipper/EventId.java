package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Makes {@code event.id}: the same for the same line of the same file, however often and under whatever name it is read. It
 * is the file's tag, the line's offset and the line's checksum, each in hexadecimal; so ids grow with their file.
 */
final class EventId {

    private static final int TAG_BYTES = 8;
    private static final int OFFSET_DIGITS = 12;
    private static final int CHECKSUM_DIGITS = 8;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] stream;
    private final CRC32C checksum = new CRC32C();
    private byte[] tag = {};
    private long inode;
    private String firstLine = "";

    EventId(String stream) {
        this.stream = stream.getBytes(StandardCharsets.UTF_8);
    }

    /** From the stream, the inode, the digest of the file's first record, the record's place, and its bytes. */
    String of(long inode, String firstLine, long offset, byte[] bytes, int start, int end) {
        if (tag.length == 0 || inode != this.inode || !firstLine.equals(this.firstLine)) {
            this.inode = inode;
            this.firstLine = firstLine;
            tag = tag();
        }
        checksum.reset();
        checksum.update(bytes, start, end - start);
        byte[] id = new byte[tag.length + OFFSET_DIGITS + CHECKSUM_DIGITS];
        System.arraycopy(tag, 0, id, 0, tag.length);
        put(id, tag.length, offset, OFFSET_DIGITS);
        put(id, tag.length + OFFSET_DIGITS, checksum.getValue(), CHECKSUM_DIGITS);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private byte[] tag() {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(stream.length)
                .putLong(inode)
                .array());
        sha256.update(stream);
        sha256.update(firstLine.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(sha256.digest(), 0, TAG_BYTES).getBytes(StandardCharsets.US_ASCII);
    }

    private static void put(byte[] into, int at, long number, int digits) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = DIGITS[(int) (rest & 0xF)];
            rest >>>= 4;
        }
    }
}
