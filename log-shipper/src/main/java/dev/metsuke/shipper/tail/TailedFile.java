package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One content of a file that is read as it grows: which it is, where it stands, and how far it is read. Where the file
 * begins anew, its successor goes on. Used by one thread.
 *
 * <p>Each thing that is known of it holds as long as its owner: {@link Beginning}, {@link ReadSoFar} and {@link KnownLength} until
 * the file begins anew, an {@link Examination} until it is written to, a {@link FileHandle}'s bytes while it is open; and
 * {@link Location} follows it from scan to scan.
 */
public final class TailedFile implements AutoCloseable {

    /** A program may hold back the rest of a line for as long, also behind a rotation. */
    private static final long FINAL_NANOS = Duration.ofMinutes(1).toNanos();

    /** Unpacked within a good second, also by a slow machine. */
    private static final long FAR_BYTES = 64L * 1024 * 1024;

    /** A thirty-second of how long it rests is how late at most it is noticed to grow. */
    private static final int LOOKS_WHILE_IT_RESTS = 32;

    private final FileKey key;
    private final long generation;
    private final Compression compression;
    private final ReadSoFar read = new ReadSoFar();
    private final Beginning beginning;
    private final KnownLength known;
    private ContentKey origin;
    private boolean begunAnew;
    // Seen to be shorter than what was read of it: whatever stands there by now was written since.
    private boolean cut;
    private boolean overwritten;
    // What stood where it had been read when it was opened last; null where that was what was read.
    private @Nullable Checkpoint changed;

    private final Location location;
    private final FileHandle handle;
    private Examination examination;

    // As it was last looked at.
    private long size;
    // As stored; the same as the size where the file is not compressed.
    private long storedSize;
    private long modifiedMillis;
    private long grownNanos;
    private long lookedAtNanos;

    private TailedFile(SeenFile seen, Progress progress, Path seenAt, long nowNanos) {
        key = seen.key();
        generation = progress.generation();
        compression = Compression.of(seen.path());
        beginning = new Beginning(progress.identity().fingerprint());
        location = new Location(seen, progress);
        handle = new FileHandle(key, compression);
        known = new KnownLength(seen.path());
        storedSize = seen.size();
        modifiedMillis = seen.modifiedMillis();
        grownNanos = nowNanos;
        lookedAtNanos = nowNanos;
        goTo(progress);
        size = isCompressed() ? Math.max(offset(), progress.size()) : seen.size();
        cut = size < offset();
        known.remember(remembered(progress, seenAt), size);
        examination = examinationAfter(progress);
    }

    /** A file of which nothing is shipped yet. */
    public static TailedFile fresh(SeenFile seen, long nowNanos) {
        return fresh(seen, 0, nowNanos);
    }

    /** A file of which nothing is shipped since it last began anew, or its inode was given to it. */
    public static TailedFile fresh(SeenFile seen, long generation, long nowNanos) {
        return resumed(seen, Progress.none(seen.key(), generation), seen.path(), nowNanos);
    }

    /**
     * A file that was read before; whether it is still the same shows when it is read.
     *
     * @param seenAt where it stood when it was seen to be as long as is known
     */
    public static TailedFile resumed(SeenFile seen, Progress progress, Path seenAt, long nowNanos) {
        return new TailedFile(seen, progress, seenAt, nowNanos);
    }

    /** What the file holds since it began anew. */
    public TailedFile successor(long nextGeneration, long nowNanos) {
        TailedFile next = fresh(new SeenFile(key, path(), storedSize, modifiedMillis), nextGeneration, nowNanos);
        if (!isFound()) {
            next.lost();
        }
        next.handle.takeOver(handle);
        return next;
    }

    /** Device and inode of the file itself. */
    public FileKey key() {
        return key;
    }

    public ContentKey contentKey() {
        return new ContentKey(key, generation);
    }

    /** Which content it is: named after the file it was first read from. */
    public FileIdentity identity() {
        return new FileIdentity(origin, beginning.fingerprint());
    }

    public Path path() {
        return location.path();
    }

    /** Where it stands without any symbolic link. */
    public Path realPath() {
        return location.realPath();
    }

    /** Where this content stood last: once the file has begun anew, it may have been given to another place. */
    public Path lastPath() {
        return begunAnew ? location.provenPath() : path();
    }

    ReadSoFar readSoFar() {
        return read;
    }

    /** Where the next record begins, in bytes. */
    public long offset() {
        return read.offset();
    }

    /** In bytes, when last looked at. */
    public long size() {
        return size;
    }

    /** In bytes, as it is stored, when last looked at. */
    public long storedSize() {
        return storedSize;
    }

    /** When the last scan found it to have been written. */
    public Instant lastModified() {
        return Instant.ofEpochMilli(modifiedMillis);
    }

    /** SHA-256 of the first record in hexadecimal; null until it is read. */
    public @Nullable String firstLine() {
        return read.firstLine();
    }

    public Progress progress() {
        // One that is broken is unpacked again after a restart until somebody was told of it.
        boolean isReadThrough =
                examination.hasEnded() && examination.isExhausted(storedSize) && !examination.isDamageUntold();
        long readThrough = isReadThrough ? stamp() : -1;
        // What was seen since it was last read may be of whatever it has begun anew with.
        long provenSize = isCompressed() ? offset() + unreadBytes() : Math.max(offset(), known.bytes());
        return read.progress(identity(), generation, provenSize, readThrough, location.isRotated());
    }

    /** Whether the last scan found it. */
    public boolean isFound() {
        return location.isFound();
    }

    /** Whether the file was truncated or overwritten, or its inode given to another: nothing more can be read of this. */
    public boolean hasBegunAnew() {
        return begunAnew;
    }

    /** Whether a file that was seen under its inode may be another: nothing was read of this one, and that is shorter. */
    public boolean isUnknownAndLongerThan(SeenFile seen) {
        return offset() == 0
                && !beginning.isKnown()
                && seen.size() < (isCompressed() ? storedSize : Math.max(known.bytes(), size));
    }

    /** Whether nothing is left of what was seen of it and never read. */
    public boolean isEmptied() {
        return !isCompressed() && size == 0 && offset() == 0 && known.bytes() > 0;
    }

    public boolean isCompressed() {
        return compression != Compression.NONE;
    }

    /** Of a compressed file that is not read to its end, an estimate. */
    public long unreadBytes() {
        return isCompressed() && !examination.isLengthKnown()
                ? Math.max(storedSize, size - offset())
                : Math.max(0, end() - offset());
    }

    /** Where what is of no use begins that it ends with, as far as is known: there is nothing to read behind it. */
    long end() {
        return isCompressed() ? size : examination.usefulEnd(size);
    }

    /** How many of these were looked at and are no record yet, as of a last line without line end. */
    public long unfinishedBytes() {
        return !isCompressed() && examination.isExhausted(storedSize) ? unreadBytes() : 0;
    }

    /** Why the rest of a compressed file cannot be read; null where there is no such reason. */
    public @Nullable String damage() {
        return examination.damage();
    }

    /** Whether it is broken, and it is not yet certain that it stays so. */
    public boolean isDamageUntold() {
        return examination.isDamageUntold();
    }

    /** Why it is broken, once, when it has not been written to for so long that it stays so. */
    public @Nullable String takeDamage() {
        return examination.takeDamage(storedSize);
    }

    /** Follows the file to where a scan found it. */
    public void foundAt(SeenFile seen, long nowNanos) {
        if (storedSize == 0) {
            // Of one that was empty nothing was rotated, and its inode may have been given to another.
            location.createdAt(seen.path());
        }
        // First, for what it was longer by was seen where it stood before.
        storedSizeIs(seen.size(), nowNanos);
        location.foundAt(seen);
        if (seen.modifiedMillis() != modifiedMillis) {
            // It may have been written anew to the same length.
            modifiedMillis = seen.modifiedMillis();
            if (end() < size) {
                // What is written over its end does not make it longer.
                grownNanos = nowNanos;
            }
            examineAnew(new Examination());
        }
    }

    /** No scan finds it any more; an open handle still reads it to its end. */
    public void lost() {
        location.lost();
    }

    /** What was read of it stood elsewhere. */
    public void wasRotated(Path from) {
        // Of what was never read the inode may have been given to another, which stands where it was created.
        if (offset() > 0) {
            location.wasRotated(from);
        }
    }

    public boolean isOpen() {
        return handle.isOpen();
    }

    /** Whether it holds a decoder's memory. */
    public boolean isUnpacking() {
        return handle.isUnpacking();
    }

    /** Whether so much must be unpacked to come to what is read next that it takes its time. */
    public boolean isFarFromTheNext() {
        return handle.bytesToPass(readFrom()) >= FAR_BYTES;
    }

    /** Gives back what it needs only while it is read. */
    public void pause() {
        handle.refresh();
    }

    /** Whether what was read of it was found to have changed since this was last asked, though it begins as it did. */
    public boolean takeOverwritten() {
        boolean taken = overwritten && !begunAnew;
        overwritten = false;
        return taken;
    }

    /** How many bytes were cut off unread since this was last asked. */
    public SeenLength takeLost() {
        return known.takeLost(path());
    }

    /** For how long it has not grown. */
    public long restingNanos(long nowNanos) {
        return nowNanos - grownNanos;
    }

    public Rest rest(Patience patience, long nowNanos) {
        long resting = restingNanos(nowNanos);
        if (resting < patience.restNanos()) {
            return Rest.GROWING;
        }
        boolean isWhole = isCompressed() && damage() == null;
        boolean isLeft = (isCompressed() || location.isRotated() || !isFound()) && resting >= FINAL_NANOS;
        boolean isFlushed = !isCompressed() && resting >= patience.flushNanos();
        return isWhole || isLeft || isFlushed ? Rest.FINAL : Rest.RESTING;
    }

    /** Whether it ends with what will be taken for a record though it stays as it is. */
    public boolean awaitsFlush(Patience patience) {
        return !isCompressed() && !patience.isForEver() && hasNews(Rest.FINAL);
    }

    /** Looks at an open file's size without reading it: the longer it rests, the less often. */
    public void lookAtSize(long nowNanos) throws IOException {
        if (isOpen() && nowNanos - lookedAtNanos >= restingNanos(nowNanos) / LOOKS_WHILE_IT_RESTS) {
            lookedAtNanos = nowNanos;
            storedSizeIs(reading(FileBytes::storedSize), nowNanos);
        }
    }

    /** Whether reading it can show anything that was not seen before. */
    public boolean hasNews(Rest rest) {
        if (isCompressed()) {
            // While it is being packed each look would unpack all of it again.
            return rest != Rest.GROWING && !examination.isExhausted(storedSize, rest);
        }
        return !examination.isExhausted(size, rest) && (offset() < size || !examination.isExhausted(size));
    }

    /**
     * Nothing more is complete in what there is.
     *
     * @param usefulEnd where what is of no use begins that it ends with: it is neither unread nor lost with the file, nor is the
     *     content known by it, since a program may write the next record in its place
     */
    void examined(Rest rest, long usefulEnd) {
        examination.exhausted(storedSize, usefulEnd, rest);
        if (!isCompressed()) {
            known.endsAt(usefulEnd);
            beginning.endsAt(usefulEnd);
        }
    }

    /** Goes back to the beginning: nothing was committed. */
    public void rewind() {
        rewind(Progress.none(key, generation), path());
    }

    /** Goes back to what was committed. */
    public void rewind(Progress committed, Path seenAt) {
        SeenLength remembered = remembered(committed, seenAt);
        goTo(committed);
        known.remember(known.longest().orLonger(remembered.bytes(), remembered.at()), size);
        examineAnew(examinationAfter(committed));
    }

    /** Goes on where another file with the same content stopped, which is no longer there; this one is so long. */
    public void continueFrom(Progress other, long length) {
        goTo(other);
        if (isCompressed()) {
            // To see that nothing follows, all of it would have to be unpacked once more.
            boolean isReadToItsEnd = other.offset() == length && damage() == null;
            examineAnew(isReadToItsEnd ? Examination.readThrough(storedSize) : Examination.measured(length));
            size = length;
        } else {
            known.remember(new SeenLength(length, path()), length);
            examineAnew(new Examination());
        }
    }

    /** The first bytes of a file of which nothing is read yet; none where it turned out to begin anew. Opens it. */
    public byte[] head(long nowNanos) throws IOException {
        return reading(open -> head(open, nowNanos));
    }

    private byte[] head(FileBytes open, long nowNanos) throws IOException {
        byte[] into = new byte[Fingerprint.MOST];
        boolean wasKnown = beginning.isKnown();
        int length = open.read(into, 0);
        if (length < into.length) {
            examination.endsBecauseOf(open.damage());
        }
        if (!isStillTheSame(open)) {
            beginsAnew(open);
            return new byte[0];
        }
        long stored = open.storedSize();
        if (!wasKnown && stored < size) {
            storedSizeIs(stored, nowNanos);
        }
        if (known.hasShrunk() && !wasKnown) {
            // Nothing tells that it still begins as it did.
            known.wasCutTo(offset(), new SeenLength(0, path()));
        }
        isKnownToBeSoLong(stored);
        return Arrays.copyOf(into, length);
    }

    /** What it begins with, of any number of bytes; none where it turned out to begin anew. Opens it. */
    public byte[] firstBytes(int most) throws IOException {
        byte[] into = new byte[most];
        return reading(open -> {
            int length = open.read(into, 0);
            return Arrays.copyOf(into, isStillTheSame(open) ? length : 0);
        });
    }

    /** Reads from anywhere; for what does not fit a buffer, and to compare. */
    int readAt(long position, byte[] into) throws IOException {
        return reading(open -> {
            int count = open.read(into, position);
            if (count < into.length) {
                examination.endsBecauseOf(open.damage());
            }
            return count;
        });
    }

    /** The record at the offset, where its end was looked for in more than a buffer holds. */
    @Nullable
    OpenRecord openRecord() {
        return read.openRecord(size);
    }

    /** Where the next bytes are that were not looked at, or only to find that more must follow. */
    long readFrom() {
        OpenRecord open = openRecord();
        return open == null ? offset() : open.scanned();
    }

    /**
     * Reads what follows there.
     *
     * @return how many bytes, or a negative number where the file turned out to begin anew
     * @throws NoSuchFileException where it can no longer be found under its name
     */
    int fill(byte[] into, long nowNanos) throws IOException {
        return reading(open -> fill(open, into, nowNanos));
    }

    private int fill(FileBytes open, byte[] into, long nowNanos) throws IOException {
        storedSizeIs(open.storedSize(), nowNanos);
        if (cut) {
            beginsAnew(open);
            return -1;
        }
        boolean wasKnown = beginning.isKnown();
        leaveARecordThatIsOverwritten(open);
        long from = readFrom();
        int count = open.read(into, from);
        if (isCompressed()) {
            size = examination.unpacked(from + count, count < into.length, open.damage());
        } else {
            if (from + count > size) {
                storedSizeIs(from + count, nowNanos);
            }
            count = (int) Math.max(0, Math.min(count, end() - from));
        }
        // After the reading, so that a truncation in between shows as well.
        if (!isStillTheSame(open)) {
            beginsAnew(open);
            return -1;
        }
        if (known.hasShrunk()) {
            // Where nothing tells that it still begins as it did, all that was seen of it is gone.
            known.wasCutTo(wasKnown ? Math.max(size, offset()) : offset(), new SeenLength(size, path()));
        }
        isKnownToBeSoLong(size);
        return count;
    }

    /** What was written in the place of NUL bytes that were looked at is read. */
    private void leaveARecordThatIsOverwritten(FileBytes open) throws IOException {
        OpenRecord record = openRecord();
        if (record != null && !isCompressed() && record.endOfText() < record.scanned()) {
            byte[] first = new byte[1];
            if (open.read(first, record.endOfText()) == 1 && first[0] != 0) {
                read.leaveOpenRecord();
            }
        }
    }

    /** Whether it looks like the packed file that was read to its end. */
    public boolean mayBeReadThrough() {
        return examination.hasEnded();
    }

    /** Whether it still begins with what it began with, and still holds what was read; otherwise it has begun anew. */
    public boolean isTheFileItWas() throws IOException {
        return reading(this::isTheFileItWas);
    }

    private boolean isTheFileItWas(FileBytes open) throws IOException {
        long stored = open.storedSize();
        boolean isShorter = cut || (!isCompressed() && stored < offset());
        if (!isShorter && isStillTheSame(open)) {
            isKnownToBeSoLong(stored);
            return true;
        }
        beginsAnew(open);
        return false;
    }

    /** Looks at an open file that was seen to grow, so that it is known how much is lost where it begins anew before it is read. */
    public void lookAtGrowth() throws IOException {
        if (isOpen() && !isCompressed()) {
            long stored = reading(FileBytes::storedSize);
            if (stored > known.bytes() && reading(this::isStillTheSame)) {
                isKnownToBeSoLong(stored);
            }
        }
    }

    private void isKnownToBeSoLong(long stored) {
        if (!isCompressed()) {
            known.grewTo(examination.usefulEnd(stored), path());
        }
    }

    /** How much of this content is known to have been lost with the file, read or not. */
    public Progress departed() {
        long length = Math.max(offset(), seenAtLast().bytes()) + known.lost().bytes();
        return read.progress(identity(), generation, length, -1, location.isRotated());
    }

    /** Where it stood when it was seen to be as long as its {@linkplain #progress progress} tells. */
    public Path seenAt() {
        return known.bytes() > offset() ? known.longest().at() : lastPath();
    }

    /** Where what is {@linkplain #departed lost} with the file was seen to be that long. */
    public Path lostAt() {
        if (seenAtLast().bytes() > offset()) {
            return seenAtLast().at();
        }
        return known.lost().bytes() > 0 ? known.lost().at() : lastPath();
    }

    private SeenLength seenAtLast() {
        return begunAnew ? known.longest() : known.longest().orLonger(offset() + unreadBytes(), path());
    }

    /** Opens it where it is not. */
    private <T> T reading(FileHandle.Reading<T> reading) throws IOException {
        boolean opens = !isOpen();
        return handle.read(path(), open -> {
            if (opens && !isCompressed()) {
                compareWithWhatWasRead(open);
            }
            return reading.from(open);
        });
    }

    private void compareWithWhatWasRead(FileBytes open) throws IOException {
        Checkpoint now = Comparison.changed(open, read.checkpoints());
        overwritten |= now != null && !now.equals(changed);
        changed = now;
    }

    /** What was seen of its length before is not its successor's. */
    private void beginsAnew(FileBytes open) throws IOException {
        begunAnew = true;
        storedSize = open.storedSize();
    }

    private boolean isStillTheSame(FileBytes open) throws IOException {
        byte[] now = new byte[Fingerprint.MOST];
        int available = open.read(now, 0);
        // Of what is not read yet, NUL bytes may be overwritten.
        int kept = offset() == 0 ? NulRun.endOfText(now, available) : (int) Math.min(offset(), available);
        boolean same = beginning.goesOnIn(now, available, kept);
        if (same) {
            location.proven();
        }
        return same;
    }

    /** Changes when it is written to, or its inode given to another, which may well be as long where both are packed. */
    public long stamp() {
        return (modifiedMillis << 20) ^ storedSize;
    }

    private void goTo(Progress progress) {
        origin = progress.identity().origin();
        if (progress.identity().fingerprint().length() == 0) {
            beginning.acceptAnyUnlessRead();
        }
        read.goTo(progress);
        location.goTo(progress);
    }

    /** What is left to see of a file that is read so far. */
    private Examination examinationAfter(Progress progress) {
        return isCompressed() && progress.readThrough() == stamp()
                ? Examination.readThrough(storedSize)
                : new Examination();
    }

    private SeenLength remembered(Progress progress, Path seenAt) {
        return new SeenLength(isCompressed() ? 0 : progress.size(), seenAt);
    }

    private void storedSizeIs(long now, long nowNanos) {
        long seen = offset() + unreadBytes();
        if (now != storedSize) {
            storedSize = now;
            grownNanos = nowNanos;
            if (isCompressed()) {
                examineAnew(new Examination());
            }
        }
        if (!isCompressed() && now != size) {
            if (now < size) {
                known.shrinksFrom(seen, path());
            }
            size = now;
            cut |= size < offset();
        }
    }

    /** What was seen of it holds no longer. */
    private void examineAnew(Examination next) {
        examination = next;
        handle.refresh();
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
