package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Makes {@code event.id}: the same for the same line of the same file, however often and under whatever name it is read. */
final class EventId {

    private static final int BYTES = 16;

    private final MessageDigest sha256 = Sha256.digest();
    private final byte[] stream;

    EventId(String stream) {
        this.stream = stream.getBytes(StandardCharsets.UTF_8);
    }

    /** From the stream, the inode, the digest of the file's first record, the record's place, and its bytes. */
    String of(long inode, String firstLine, long offset, byte[] bytes, int start, int end) {
        ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES);
        numbers.putInt(stream.length).putLong(inode).putLong(offset);
        sha256.update(numbers.array());
        sha256.update(stream);
        sha256.update(firstLine.getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes, start, end - start);
        return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
    }
}
