package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileIdentity;
import dev.metsuke.shipper.tail.Progress;
import dev.metsuke.shipper.tail.TailedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What SourceFiles knows of one file's content: by what it is read, how far that is committed, and what is in flight. */
final class Content {

    final ContentKey key;
    /** Null while it is only remembered. */
    @Nullable
    TailedFile file;

    @Nullable
    FilePosition committed;

    @Nullable
    FilePosition saving;

    /** Its position may have moved since it was saved. */
    boolean touched;

    /** Its position is to be removed. */
    boolean forgetting;

    /** Left alone until the next scan. */
    boolean unreadable;

    /** Whether it was known not to be a copy of what is read elsewhere. */
    boolean settled;

    /** What it holds a copy of, as long as that is there. */
    @Nullable
    Content original;

    /** It is packed, and its name does not tell how. */
    boolean packedUntold;

    /** Its {@link TailedFile#stamp} when it was compared with others. */
    long comparedStamp = -1;

    /** Another file goes on where it stopped. */
    boolean inherited;

    /** It stands where the source looks no more. */
    private boolean left;

    private @Nullable FilePosition departed;
    private long goneSinceNanos;
    private boolean toldOf;
    private boolean toldOfCommitted;

    private Content(ContentKey key) {
        this.key = key;
    }

    static Content of(TailedFile file) {
        Content content = new Content(file.contentKey());
        content.file = file;
        return content;
    }

    static Content remembered(FilePosition position) {
        Content content = new Content(position.key());
        content.committed = position;
        content.settled = true;
        return content;
    }

    /** Goes on with a file that was found. */
    void foundAs(TailedFile found) {
        file = found;
        departed = null;
        left = false;
        toldOf = false;
        toldOfCommitted = false;
        // Where nothing was read, the inode alone does not prove that it is the same.
        settled = found.offset() > 0;
    }

    /** Nothing can be read of it any more. */
    void depart(long nowNanos) {
        FilePosition last = committed;
        if (file != null) {
            last = FilePosition.departed(file);
        }
        departed = Objects.requireNonNull(last);
        // Of a copy nothing is lost that its original does not hold, and tell of.
        toldOf |= isCopyStill() || packedUntold;
        goneSinceNanos = nowNanos;
        file = null;
        original = null;
    }

    /** It is no longer the source's: nothing more of it is read, and nothing of it is lost. */
    void leave(long nowNanos) {
        depart(nowNanos);
        left = true;
        toldOf = true;
        toldOfCommitted = true;
    }

    boolean isLeft() {
        return left;
    }

    Path path() {
        return file != null ? file.path() : position().path();
    }

    Path realPath() {
        return file != null ? file.realPath() : position().realPath();
    }

    /** Whether it can be read. A packed file of which nothing could be unpacked yet is compared anew when it was written to. */
    boolean isSettled() {
        boolean isWritten = file != null && file.isCompressed() && file.offset() == 0 && file.stamp() != comparedStamp;
        return settled && !isWritten;
    }

    /** Whether it is still what it was found to be, so that nothing else can come of comparing again. */
    boolean waitsToChange() {
        return (isCopyStill() && original != null && !original.isGone()) || isPassedOver();
    }

    /** Whether what it holds is read, or will be: not of a copy, and not of what is passed over. */
    boolean isRead() {
        return original == null && !isPassedOver();
    }

    /** Whether nothing of it is read until it is written to, or stands under another name. */
    private boolean isPassedOver() {
        return packedUntold && isAsCompared();
    }

    private boolean isCopyStill() {
        return original != null && isAsCompared();
    }

    private boolean isAsCompared() {
        return file != null && file.stamp() == comparedStamp;
    }

    /** Whether no scan finds it as it is: it is gone, where no glob looks, a copy, or could not be read. */
    boolean isAstray() {
        return file == null || !file.isFound() || original != null || unreadable;
    }

    /** Whether it waits for something to tell it by. */
    boolean isEmpty() {
        return file != null && file.storedSize() == 0;
    }

    boolean isGone() {
        return departed != null;
    }

    long goneNanos(long nowNanos) {
        return nowNanos - goneSinceNanos;
    }

    FilePosition position() {
        if (file != null) {
            return FilePosition.of(file);
        }
        FilePosition last = departed != null ? departed : Objects.requireNonNull(committed);
        return toldOf ? last.with(last.progress().toldOf()) : last;
    }

    FileIdentity identity() {
        return file != null ? file.identity() : position().progress().identity();
    }

    /** Bytes that vanished unread, and of which nobody was told. */
    long gap() {
        return departed == null || toldOf || forgetting
                ? 0
                : departed.progress().unreadBytes();
    }

    /** Nothing of it was ever read, so that nothing tells it from another file that was given its inode. */
    boolean isUnreadAndGone() {
        return gap() > 0
                && departed != null
                && departed.progress().identity().fingerprint().length() == 0;
    }

    void tellOf() {
        toldOf = true;
        touched = true;
    }

    void saved() {
        if (saving != null) {
            committed = saving;
        }
        saving = null;
        touched = false;
        toldOfCommitted = toldOf;
    }

    void rewind(@Nullable FilePosition to) {
        // What became of a commit that failed shows only now.
        toldOfCommitted |= toldOf && to != null && to.equals(saving);
        committed = to;
        saving = null;
        touched = false;
        forgetting = false;
        if (to == null || to.progress().offset() == 0) {
            // Where nothing of it is committed it may since have been found to go on from another, which is void now.
            settled = false;
        }
        original = null;
        packedUntold = false;
        inherited = false;
        if (file != null) {
            if (to == null) {
                file.rewind();
            } else {
                file.rewind(to.progress(), to.seenAt());
            }
        } else if (departed != null) {
            rewindDeparted(to, departed);
        }
    }

    private void rewindDeparted(@Nullable FilePosition to, FilePosition before) {
        Progress known = before.progress();
        Progress from = to == null
                ? new Progress(known.identity(), key.generation(), 0, known.size(), null, List.of(), -1, true, false)
                : to.progress();
        toldOf = toldOfCommitted;
        long size = toldOf ? from.offset() : Math.max(from.size(), known.size());
        departed = before.with(new Progress(
                from.identity(),
                from.generation(),
                from.offset(),
                size,
                from.firstLine(),
                from.checkpoints(),
                -1,
                true,
                from.withinLine()));
    }
}
