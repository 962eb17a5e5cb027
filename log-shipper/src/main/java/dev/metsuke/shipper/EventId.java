package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code event.id}: the same for the same line of the same file, however often and under whatever name it is read. It
 * is the content's tag, the line's offset and the line's checksum, each in hexadecimal; so ids grow with their file.
 */
final class EventId {

    private static final int TAG_BYTES = 8;
    private static final int OFFSET_DIGITS = 12;
    private static final int CHECKSUM_DIGITS = 8;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] stream;
    private final CRC32C checksum = new CRC32C();
    private byte[] tag = {};
    private @Nullable ContentKey origin;
    private String firstLine = "";

    EventId(String stream) {
        this.stream = stream.getBytes(StandardCharsets.UTF_8);
    }

    /** From the stream, where its content was first read, the digest of that's first record, the record's place, and its bytes. */
    String of(ContentKey origin, String firstLine, long offset, byte[] bytes, int start, int end) {
        if (!origin.equals(this.origin) || !firstLine.equals(this.firstLine)) {
            this.origin = origin;
            this.firstLine = firstLine;
            tag = tag(origin);
        }
        checksum.reset();
        checksum.update(bytes, start, end - start);
        byte[] id = new byte[tag.length + OFFSET_DIGITS + CHECKSUM_DIGITS];
        System.arraycopy(tag, 0, id, 0, tag.length);
        put(id, tag.length, offset, OFFSET_DIGITS);
        put(id, tag.length + OFFSET_DIGITS, checksum.getValue(), CHECKSUM_DIGITS);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private byte[] tag(ContentKey origin) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(stream.length)
                .putLong(origin.file().inode())
                .array());
        sha256.update(stream);
        sha256.update(firstLine.getBytes(StandardCharsets.US_ASCII));
        if (origin.generation() > 0) {
            // What stood there before may have begun with the same lines, and is shipped.
            sha256.update((":" + origin.generation()).getBytes(StandardCharsets.US_ASCII));
        }
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
