package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** What was logged to a file, by its place in the log, however the file stores it. */
sealed interface FileBytes extends AutoCloseable permits PlainBytes, DecompressedBytes {

    static FileBytes of(FileChannel channel, Compression compression) {
        return compression == Compression.NONE ? new PlainBytes(channel) : new DecompressedBytes(channel, compression);
    }

    /** Reads until the array is full or no more can be read now; gives the number of bytes. */
    int read(byte[] into, long position) throws IOException;

    /** How many bytes of what comes before must be read again to read there. */
    long bytesToPass(long position);

    /** How long the file is as it is stored. */
    long storedSize() throws IOException;

    /** The file was written since, or is not read for now. */
    void refresh();

    boolean isUnpacking();

    /** Why nothing behind what was read can be decompressed; null where there is no such reason. */
    @Nullable
    String damage();

    @Override
    void close() throws IOException;
}
