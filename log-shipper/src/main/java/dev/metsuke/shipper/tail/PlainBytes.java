package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A file that holds what was logged as it is. */
record PlainBytes(FileChannel channel) implements FileBytes {

    @Override
    public int read(byte[] into, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        int count = 0;
        while (buffer.hasRemaining()) {
            int more = channel.read(buffer, position + count);
            if (more < 0) {
                break;
            }
            count += more;
        }
        return count;
    }

    @Override
    public long bytesToPass(long position) {
        return 0;
    }

    @Override
    public long storedSize() throws IOException {
        return channel.size();
    }

    @Override
    public void refresh() {
        // Each reading asks the file anew.
    }

    @Override
    public boolean isUnpacking() {
        return false;
    }

    @Override
    public @Nullable String damage() {
        return null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
