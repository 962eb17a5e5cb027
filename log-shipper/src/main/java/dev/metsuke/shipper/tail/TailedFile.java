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
        return resumed(seen, Fingerprint.EMPTY, 0, 0, null, nowNanos);
    }

    /** A file that was read before; whether it is still the same shows when it is read. */
    public static TailedFile resumed(
            SeenFile seen,
            Fingerprint fingerprint,
            long generation,
            long offset,
            @Nullable String firstLine,
            long nowNanos) {
        TailedFile file = new TailedFile(
                new FileIdentity(seen.key(), fingerprint), seen.path(), generation, offset, firstLine, nowNanos);
        file.size = seen.size();
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
    }

    /** No scan finds it any more; an open handle still reads it to its end. */
    public void lost() {
        found = false;
    }

    public boolean isOpen() {
        return channel != null;
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
        // After the reading, so that a truncation in between shows as well.
        if (!isStillTheSame(open)) {
            beginAnew();
            return -1;
        }
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
            if (!SeenFile.at(path).key().equals(identity.key())) {
                open.close();
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
