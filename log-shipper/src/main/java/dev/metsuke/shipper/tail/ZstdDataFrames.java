package dev.metsuke.shipper.tail;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A zstd file without its skippable frames (RFC 8878, 3.1.2), which the decoder does not know: pzstd writes one before each
 * frame, and seekable files end with one. What is not to be understood is passed on, for the decoder to say so; or, of a file that is
 * known to be broken, left out with all that follows, since the decoder gives nothing of what it holds back once it meets
 * the end of a file too early. Then a frame without its end is given one, and its checksum, which is of the whole, is left out.
 */
final class ZstdDataFrames extends FilterInputStream {

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SKIPPABLE_MASK = 0xFFFFFFF0;
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
    private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};
    private static final int CHECKSUM_BYTES = 4;
    private static final int CHECKSUM_FLAG = 0b100;
    private static final byte[] EMPTY_LAST_BLOCK = {1, 0, 0};
    private static final int RUN_OF_ONE_BYTE = 1;

    private final boolean isBroken;
    private ByteBuffer header = ByteBuffer.allocate(0);
    private Part next = Part.FRAME;
    private boolean hasChecksum;
    // How much of the file comes before the next part.
    private long body;

    private enum Part {
        FRAME,
        BLOCK,
        REST,
        NONE
    }

    ZstdDataFrames(InputStream stored, int bufferSize) {
        this(stored, bufferSize, false);
    }

    /** Of a file that is known to be broken only what is whole, block by block. */
    ZstdDataFrames(InputStream stored, int bufferSize, boolean isBroken) {
        super(new BufferedInputStream(stored, bufferSize));
        this.isBroken = isBroken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        while (length > 0) {
            if (header.hasRemaining()) {
                int count = Math.min(length, header.remaining());
                header.get(into, start, count);
                return count;
            }
            if (body > 0) {
                int count = super.read(into, start, (int) Math.min(length, body));
                body -= Math.max(0, count);
                return count;
            }
            if (!isAnotherPart()) {
                return -1;
            }
        }
        return 0;
    }

    private boolean isAnotherPart() throws IOException {
        switch (next) {
            case FRAME -> beginFrame();
            case BLOCK -> beginBlock();
            case REST -> body = Long.MAX_VALUE;
            case NONE -> body = 0;
        }
        return header.hasRemaining() || body > 0;
    }

    private void beginFrame() throws IOException {
        byte[] magic = in.readNBytes(Integer.BYTES);
        while (magic.length == Integer.BYTES && (littleEndian(magic) & SKIPPABLE_MASK) == SKIPPABLE) {
            byte[] size = in.readNBytes(Integer.BYTES);
            if (size.length < Integer.BYTES) {
                return;
            }
            try {
                in.skipNBytes(Integer.toUnsignedLong(littleEndian(size)));
            } catch (EOFException _) {
                // Cut off where nothing was logged.
                return;
            }
            magic = in.readNBytes(Integer.BYTES);
        }
        next = isBroken ? Part.NONE : Part.REST;
        header = isBroken ? ByteBuffer.allocate(0) : ByteBuffer.wrap(magic);
        if (magic.length == Integer.BYTES && littleEndian(magic) == MAGIC) {
            byte[] descriptor = in.readNBytes(1);
            int length = descriptor.length == 1 ? fieldBytes(descriptor[0]) : 0;
            byte[] fields = in.readNBytes(length);
            if (descriptor.length == 1 && (!isBroken || fields.length == length)) {
                hasChecksum = (descriptor[0] & CHECKSUM_FLAG) != 0;
                if (isBroken) {
                    descriptor[0] = (byte) (descriptor[0] & ~CHECKSUM_FLAG);
                }
                header = ByteBuffer.allocate(magic.length + 1 + fields.length)
                        .put(magic)
                        .put(descriptor)
                        .put(fields)
                        .flip();
                next = Part.BLOCK;
            }
        }
    }

    private static int fieldBytes(byte descriptor) {
        boolean isSingleSegment = (descriptor & 0b10_0000) != 0;
        int contentSize = CONTENT_SIZE_BYTES[(descriptor & 0xFF) >> 6];
        int windowOrSize = isSingleSegment && contentSize > 0 ? 0 : 1;
        return windowOrSize + DICTIONARY_ID_BYTES[descriptor & 0b11] + contentSize;
    }

    private void beginBlock() throws IOException {
        byte[] block = in.readNBytes(3);
        header = ByteBuffer.wrap(block);
        if (block.length < 3 && isBroken) {
            endFrame();
            return;
        }
        if (block.length < 3) {
            next = Part.REST;
            return;
        }
        int fields = (block[0] & 0xFF) | (block[1] & 0xFF) << 8 | (block[2] & 0xFF) << 16;
        boolean isLast = (fields & 1) != 0;
        int type = fields >> 1 & 0b11;
        int length = type == RUN_OF_ONE_BYTE ? 1 : fields >> 3;
        int checksum = isLast && hasChecksum ? CHECKSUM_BYTES : 0;
        next = isLast ? Part.FRAME : Part.BLOCK;
        if (isBroken) {
            passOnIfWhole(block, in.readNBytes(length), length);
            in.readNBytes(checksum);
        } else {
            body = (long) length + checksum;
        }
    }

    private void passOnIfWhole(byte[] block, byte[] content, int length) {
        if (content.length < length) {
            endFrame();
        } else {
            header = ByteBuffer.allocate(block.length + length)
                    .put(block)
                    .put(content)
                    .flip();
        }
    }

    private void endFrame() {
        header = ByteBuffer.wrap(EMPTY_LAST_BLOCK);
        next = Part.NONE;
    }

    private static int littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
