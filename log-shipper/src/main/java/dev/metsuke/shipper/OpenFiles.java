package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.Patience;
import dev.metsuke.shipper.tail.Rest;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of a source's files hold a descriptor, and which are read next: there are more files than may be open at once. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();
    /** Where many are open, each look at their sizes costs. */
    private static final long IDLE_AMONG_MANY_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int MANY_OPEN = 64;
    private static final int MOST_OPEN = 512;

    private final String stream;
    private final Contents contents;
    private final Complaints complaints;
    private final Patience patience;
    private final Decoders decoders;
    private boolean isHeldBack;

    OpenFiles(String stream, Contents contents, Complaints complaints, Patience patience, Decoders decoders) {
        this.stream = stream;
        this.contents = contents;
        this.complaints = complaints;
        this.patience = patience;
        this.decoders = decoders;
        decoders.lendTo(contents);
    }

    /** The files of which something new can be read. */
    List<TailedFile> withNews(long nowNanos) {
        List<TailedFile> news = new ArrayList<>();
        isHeldBack = false;
        int open = 0;
        int unpackedNext = 0;
        for (Content content : contents.active()) {
            open += content.file != null && content.file.isOpen() ? 1 : 0;
        }
        if (open >= MOST_OPEN) {
            open -= closeSpare();
        }
        for (Content content : contents.active()) {
            TailedFile file = content.file;
            if (file == null || !content.isSettled() || content.unreadable || !lookAtSize(content, file, nowNanos)) {
                continue;
            }
            if (file.hasNews(file.rest(patience, nowNanos))) {
                boolean unpacksAnew = file.isCompressed() && !file.isUnpacking();
                if ((!file.isOpen() && open >= MOST_OPEN) || (unpacksAnew && !decoders.hasFree(unpackedNext))) {
                    isHeldBack = true;
                    continue;
                }
                open += file.isOpen() ? 0 : 1;
                unpackedNext += unpacksAnew ? 1 : 0;
                news.add(file);
            }
        }
        return news;
    }

    /** Whether some can be read only once others are committed and closed. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    List<TailedFile> all() {
        return contents.open();
    }

    void closeIdle(long nowNanos) {
        long open = contents.active().stream()
                .filter(content -> content.file != null && content.file.isOpen())
                .count();
        long idleNanos = open > MANY_OPEN ? IDLE_AMONG_MANY_NANOS : IDLE_NANOS;
        for (Content content : contents.active()) {
            TailedFile file = content.file;
            // What no scan finds cannot be opened again, but others must be read as well.
            boolean mayStay = file != null && !file.isFound() && open <= MOST_OPEN / 2;
            if (file != null && isIdle(content, file, mayStay ? IDLE_NANOS : idleNanos, nowNanos)) {
                closeQuietly(file);
            }
        }
    }

    /** Packed files of which all was read hold a decoder for nothing. */
    void closeUnpacked() {
        for (Content content : contents.active()) {
            TailedFile file = content.file;
            if (file != null && file.isCompressed() && file.isOpen() && !file.hasNews(Rest.RESTING)) {
                closeQuietly(file);
            }
        }
    }

    /** Whether only a scan can show news of it. */
    boolean isQuiet(Content content, long nowNanos) {
        TailedFile file = content.file;
        if (content.touched || content.forgetting || (file != null && content.isSettled() && file.isDamageUntold())) {
            return false;
        }
        return file == null
                || (!content.isSettled() && (content.isEmpty() || content.waitsToChange()))
                || (!file.isOpen()
                        && content.isSettled()
                        && !file.hasNews(file.rest(patience, nowNanos))
                        && !file.awaitsFlush(patience)
                        && (file.unreadBytes() == 0 || file.restingNanos(nowNanos) > IDLE_NANOS));
    }

    void closeQuietly(TailedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            complaints.unreadable(file.contentKey(), file.path(), e);
        }
    }

    void closeAll() {
        all().forEach(this::closeQuietly);
    }

    private boolean lookAtSize(Content content, TailedFile file, long nowNanos) {
        try {
            file.lookAtSize(nowNanos);
        } catch (IOException e) {
            content.unreadable = true;
            complaints.unreadable(file.contentKey(), file.path(), e);
        }
        return !content.unreadable;
    }

    /** An open handle may be the last way to a file, so it is kept until all of the file is read and committed. */
    private boolean isIdle(Content content, TailedFile file, long idleNanos, long nowNanos) {
        return file.isOpen()
                && lookAtSize(content, file, nowNanos)
                && !content.touched
                && file.restingNanos(nowNanos) > idleNanos
                && !file.hasNews(file.rest(patience, nowNanos));
    }

    private int closeSpare() {
        int closed = 0;
        for (Content content : contents.active()) {
            TailedFile file = content.file;
            if (file != null && file.isOpen() && file.isFound() && !content.touched && !file.hasNews(Rest.RESTING)) {
                closeQuietly(file);
                closed++;
            }
        }
        LOG.debug("{}: closed {} of the files that rest", stream, closed);
        return closed;
    }
}
