package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A compressed file, read as a stream: going forward, or back within what was read last, costs no more than the bytes; going
 * further back begins at the file's start.
 */
final class DecompressedBytes implements FileBytes {

    private final FileChannel channel;
    private final Compression compression;
    private final byte[] head = new byte[Fingerprint.MOST];
    private int headLength;
    private byte[] recent = new byte[0];
    private int recentLength;
    private @Nullable InputStream stream;
    private long position;
    private boolean ended;
    // Known as soon as it is met, also where what comes before is still to be read.
    private @Nullable String damage;
    private @Nullable IOException failure;

    DecompressedBytes(FileChannel channel, Compression compression) {
        this.channel = channel;
        this.compression = compression;
    }

    @Override
    public int read(byte[] into, long from) throws IOException {
        boolean headIsAll = ended && position == headLength;
        if (from == 0 && (headLength >= into.length || headIsAll)) {
            int count = Math.min(headLength, into.length);
            System.arraycopy(head, 0, into, 0, count);
            return count;
        }
        if (beginsAgain(from)) {
            restart();
        }
        skipTo(from, into);
        if (position < from) {
            return 0;
        }
        int count = (int) Math.min(position - from, into.length);
        System.arraycopy(recent, (int) (recentLength - (position - from)), into, 0, count);
        boolean readOn = count < into.length;
        count += readOn ? next(into, count) : 0;
        if (readOn) {
            remember(into, count);
        }
        return count;
    }

    @Override
    public long bytesToPass(long from) {
        return beginsAgain(from) ? from : Math.max(0, from - position);
    }

    private boolean beginsAgain(long from) {
        return (stream == null && !ended) || from < position - recentLength;
    }

    @Override
    public long storedSize() throws IOException {
        return channel.size();
    }

    @Override
    public void refresh() {
        stream = null;
        ended = false;
        damage = null;
        headLength = 0;
        position = 0;
        recent = new byte[0];
        recentLength = 0;
    }

    @Override
    public boolean isUnpacking() {
        return stream != null;
    }

    @Override
    public @Nullable String damage() {
        return ended ? damage : null;
    }

    private void restart() throws IOException {
        refresh();
        failure = null;
        channel.position(0);
        try {
            stream = compression.unpack(new Stored());
        } catch (IOException e) {
            end(e);
        }
    }

    private void skipTo(long from, byte[] scratch) throws IOException {
        while (position < from && !ended) {
            int wanted = (int) Math.min(scratch.length, from - position);
            byte[] into = wanted == scratch.length ? scratch : new byte[wanted];
            remember(into, next(into, 0));
        }
    }

    /** Reads on from where the stream stands; less than there is room for only at the end. */
    private int next(byte[] into, int start) throws IOException {
        int count = 0;
        InputStream open = stream;
        while (open != null && !ended && start + count < into.length) {
            try {
                int more = open.read(into, start + count, into.length - start - count);
                if (more < 0) {
                    ended = true;
                } else {
                    count += more;
                }
            } catch (IOException | RuntimeException e) {
                open = whatIsWhole(position + count, e);
            }
        }
        if (headLength < head.length && position == headLength) {
            int more = Math.min(count, head.length - headLength);
            System.arraycopy(into, start, head, headLength, more);
            headLength += more;
        }
        position += count;
        return count;
    }

    /** Goes on there in a file that is broken; null where nothing more of it can be unpacked. */
    private @Nullable InputStream whatIsWhole(long from, Exception reason) throws IOException {
        boolean wasKnown = damage != null;
        end(reason);
        channel.position(0);
        InputStream whole = wasKnown ? null : compression.unpackBroken(new Stored());
        if (whole == null) {
            return null;
        }
        try {
            whole.skipNBytes(from);
        } catch (IOException | RuntimeException e) {
            end(e);
            return null;
        }
        stream = whole;
        ended = false;
        return whole;
    }

    /** Nothing more can be unpacked, as decoders say with whatever exception; but what cannot be read is not broken. */
    private void end(Exception reason) throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        ended = true;
        damage = damage == null ? reason.toString() : damage;
    }

    private void remember(byte[] bytes, int length) {
        if (recent.length < length) {
            recent = Arrays.copyOf(bytes, length);
        } else {
            System.arraycopy(bytes, 0, recent, 0, length);
        }
        recentLength = length;
    }

    /** The file as it is stored, which remembers that it could not be read. */
    private final class Stored extends InputStream {

        private final InputStream in = Channels.newInputStream(channel);

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            try {
                return in.read(into, start, length);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        /** Decoders ask whether another part follows. */
        @Override
        public int available() throws IOException {
            try {
                return in.available();
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private IOException failed(IOException e) {
            failure = e;
            return e;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (stream != null) {
                // Frees the decoder's memory outside the heap at once.
                stream.close();
            }
        }
    }
}
