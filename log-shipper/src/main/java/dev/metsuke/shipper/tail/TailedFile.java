package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file that is read as it grows: which one it is, where it stands, and how far it is read. Used by one thread. */
public final class TailedFile implements AutoCloseable {

    private FileIdentity identity;
    private Path path;
    private long generation;
    private long offset;
    private @Nullable String firstLine;

    private byte[] head = new byte[0];
    private boolean headKnown;
    private @Nullable FileChannel channel;
    private long size;
    private long modifiedMillis;
    // Of this generation: how long it was before it shrank or was last seen to be the same.
    private long knownSize;
    private boolean shrunk;
    private long lostBytes;
    private long endOfPrevious;
    private long examinedSize = -1;
    private boolean examinedAtRest;
    private long grownNanos;
    private boolean found = true;

    private TailedFile(
            FileIdentity identity, Path path, long generation, long offset, @Nullable String firstLine, long nowNanos) {
        this.identity = identity;
        this.path = path;
        this.generation = generation;
        this.offset = offset;
        this.firstLine = firstLine;
        this.headKnown = identity.fingerprint().length() == 0;
        this.grownNanos = nowNanos;
    }

    /** A file of which nothing is shipped yet. */
    public static TailedFile fresh(SeenFile seen, long nowNanos) {
        return resumed(seen, Fingerprint.EMPTY, 0, 0, 0, null, nowNanos);
    }

    /** A file that was read before; whether it is still the same shows when it is read. */
    public static TailedFile resumed(
            SeenFile seen,
            Fingerprint fingerprint,
            long generation,
            long offset,
            long knownSize,
            @Nullable String firstLine,
            long nowNanos) {
        TailedFile file = new TailedFile(
                new FileIdentity(seen.key(), fingerprint), seen.path(), generation, offset, firstLine, nowNanos);
        file.size = seen.size();
        file.modifiedMillis = seen.modifiedMillis();
        file.knownSize = knownSize;
        file.shrunk = seen.size() < knownSize;
        return file;
    }

    public FileIdentity identity() {
        return identity;
    }

    public Path path() {
        return path;
    }

    /** Counts how often the file began anew: it was truncated, or its inode was given to another. */
    public long generation() {
        return generation;
    }

    /** Where the next record begins, in bytes. */
    public long offset() {
        return offset;
    }

    /** In bytes, when last looked at. */
    public long size() {
        return size;
    }

    /** SHA-256 of this generation's first record in hexadecimal; null until it is read. */
    public @Nullable String firstLine() {
        return firstLine;
    }

    /** Whether the last scan found it. */
    public boolean isFound() {
        return found;
    }

    public long unreadBytes() {
        return Math.max(0, size - offset);
    }

    /** Follows the file to where a scan found it. */
    public void foundAt(SeenFile seen, long nowNanos) {
        path = seen.path();
        found = true;
        sizeIs(seen.size(), nowNanos);
        if (seen.modifiedMillis() != modifiedMillis) {
            // It may have been written anew to the same length.
            modifiedMillis = seen.modifiedMillis();
            examinedSize = -1;
        }
    }

    /** No scan finds it any more; an open handle still reads it to its end. */
    public void lost() {
        found = false;
    }

    public boolean isOpen() {
        return channel != null;
    }

    /** How many bytes were overwritten unread since this was last asked. */
    public long takeLostBytes() {
        long lost = lostBytes;
        lostBytes = 0;
        return lost;
    }

    /** For how long it has not grown. */
    public long restingNanos(long nowNanos) {
        return nowNanos - grownNanos;
    }

    /** Looks at an open file's size without reading it. */
    public void lookAtSize(long nowNanos) throws IOException {
        if (channel != null) {
            sizeIs(channel.size(), nowNanos);
        }
    }

    /** Whether reading it can show anything that was not seen before. */
    public boolean hasNews(boolean atRest) {
        return size != examinedSize || (atRest && !examinedAtRest && offset < size);
    }

    /** Nothing more is complete in what there is. */
    void examined(long upTo, boolean atRest) {
        examinedSize = upTo;
        examinedAtRest = atRest;
    }

    void advanceTo(long next) {
        offset = next;
    }

    void firstLineIs(String sha256) {
        firstLine = sha256;
    }

    /** Goes back to what was committed, or to the beginning where nothing of this generation was. */
    public void rewind(long committedGeneration, long committedOffset, @Nullable String committedFirstLine) {
        boolean same = committedGeneration == generation;
        if (committedGeneration == generation - 1 && endOfPrevious > committedOffset) {
            // Read, but not committed, and then overwritten.
            lostBytes += endOfPrevious - committedOffset;
            endOfPrevious = committedOffset;
        }
        offset = same ? committedOffset : 0;
        firstLine = same ? committedFirstLine : null;
        examinedSize = -1;
        examinedAtRest = false;
    }

    /**
     * Reads what follows the offset.
     *
     * @return how many bytes, or a negative number where the file turned out to begin anew
     * @throws NoSuchFileException where it can no longer be found under its name
     */
    int fill(byte[] into, long nowNanos) throws IOException {
        FileChannel open = open();
        sizeIs(open.size(), nowNanos);
        if (size < offset) {
            beginAnew();
            return -1;
        }
        int count = read(open, into, offset);
        if (offset + count > size) {
            sizeIs(offset + count, nowNanos);
        }
        // After the reading, so that a truncation in between shows as well.
        if (!isStillTheSame(open)) {
            beginAnew();
            return -1;
        }
        if (shrunk) {
            lostBytes += Math.max(0, knownSize - size);
            shrunk = false;
            knownSize = size;
        }
        knownSize = Math.max(knownSize, size);
        return count;
    }

    /** Whether it still begins with what it began with; it stays as it is. */
    public boolean isTheFileItWas() throws IOException {
        FileChannel open = open();
        return open.size() >= offset && isStillTheSame(open);
    }

    /** Reads from anywhere; for what does not fit a buffer. */
    int readAt(long position, byte[] into) throws IOException {
        return read(open(), into, position);
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(path, StandardOpenOption.READ);
            boolean same = false;
            try {
                same = SeenFile.at(path).key().equals(identity.key());
            } finally {
                if (!same) {
                    open.close();
                }
            }
            if (!same) {
                throw new NoSuchFileException(path.toString(), null, "another file stands there now");
            }
            channel = open;
        }
        return open;
    }

    private boolean isStillTheSame(FileChannel open) throws IOException {
        byte[] now = new byte[Fingerprint.MOST];
        int available = read(open, now, 0);
        boolean same = headKnown
                ? available >= head.length && Arrays.equals(now, 0, head.length, head, 0, head.length)
                : identity.fingerprint().matches(now, available);
        if (same && (!headKnown || available > head.length)) {
            head = Arrays.copyOf(now, available);
            headKnown = true;
            identity = identity.withFingerprint(Fingerprint.of(head, available));
        }
        return same;
    }

    private void beginAnew() {
        lostBytes += Math.max(0, knownSize - offset);
        endOfPrevious = offset;
        knownSize = 0;
        shrunk = false;
        generation++;
        offset = 0;
        firstLine = null;
        head = new byte[0];
        headKnown = true;
        identity = identity.withFingerprint(Fingerprint.EMPTY);
        examinedSize = -1;
        examinedAtRest = false;
    }

    private void sizeIs(long now, long nowNanos) {
        if (now != size) {
            if (now < size && !shrunk) {
                knownSize = Math.max(knownSize, size);
                shrunk = true;
            }
            size = now;
            grownNanos = nowNanos;
        }
    }

    private static int read(FileChannel open, byte[] into, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        int count = 0;
        while (buffer.hasRemaining()) {
            int more = open.read(buffer, position + count);
            if (more < 0) {
                break;
            }
            count += more;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
