package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.tail.ContentKey;
import dev.metsuke.shipper.tail.FileChange;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Globs;
import dev.metsuke.shipper.tail.Patience;
import dev.metsuke.shipper.tail.Rest;
import dev.metsuke.shipper.tail.Scan;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.SeenLength;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a source: follows them through scans, rotations and deletions, and knows how far each is committed. */
final class SourceFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceFiles.class);

    private final String stream;
    private final Globs globs;
    private final SourceMeters meters;
    private final Patience patience;
    private final Contents contents = new Contents();
    private final Complaints complaints;
    private final OpenFiles openFiles;
    private final Gaps gaps;
    private final Succession succession;
    private Scan lastScan = Scan.NONE;
    private final Set<FileKey> unexamined = new HashSet<>();
    private boolean unclear;
    private boolean unsaved;

    /** Takes what is to be committed. */
    interface Saved {

        /** A null value forgets the key. */
        void position(byte[] key, byte @Nullable [] value);

        /** So many bytes of a file vanished before they were read. */
        void gap(Path path, long offset, long length);

        /**
         * Nothing of a packed file behind this offset can be unpacked, and nobody knows how much that is.
         *
         * @param storedLength of the file as it is
         * @param damage what the decoder says
         */
        void broken(Path path, long offset, long storedLength, String damage);
    }

    /** Those of a source that is the only one. */
    SourceFiles(ShipperSettings shipper, SourceSettings settings, String stream, SourceMeters meters) {
        this(shipper, settings, stream, meters, new Decoders());
    }

    SourceFiles(
            ShipperSettings shipper, SourceSettings settings, String stream, SourceMeters meters, Decoders decoders) {
        this.stream = stream;
        this.globs = new Globs(settings.paths());
        this.meters = meters;
        this.patience = Patience.of(shipper.restAfter(), settings.flushTimeout());
        this.complaints = new Complaints(stream);
        this.openFiles = new OpenFiles(stream, contents, complaints, patience, decoders);
        this.gaps = new Gaps(stream, meters);
        this.succession = new Succession(
                stream, contents, openFiles, complaints, gaps, patience, new Departures(contents, gaps, shipper));
    }

    /** Goes back to what is committed; open files stay open, so that a deleted one can still be read to its end. */
    void rewind(Map<ContentKey, FilePosition> positions) {
        gaps.rewind();
        unsaved = !gaps.isEmpty();
        contents.rewind(positions);
    }

    /** Whether a file of this name is one of the source's. */
    boolean isLookedFor(Path file) {
        return globs.matches(file);
    }

    /** Looks at what the globs match now, and follows what changed. */
    void scan(long nowNanos) {
        unclear = false;
        unexamined.clear();
        contents.restless().forEach(content -> content.unreadable = false);
        Scan scan = globs.scan(nowNanos);
        boolean isAtRest = scan == lastScan && contents.active().isEmpty();
        for (FileChange change : scan.since(lastScan)) {
            follow(change, nowNanos);
        }
        lastScan = scan.without(unexamined);
        seekWhatNoGlobFinds(nowNanos);
        note(succession.settle(nowNanos));
        openFiles.closeIdle(nowNanos);
        contents.deactivateIf(content -> openFiles.isQuiet(content, nowNanos));
        if (!isAtRest) {
            countUnread();
        }
    }

    private void note(Set<Outcome> outcomes) {
        unclear |= outcomes.contains(Outcome.WAITING);
        unsaved |= outcomes.contains(Outcome.CHANGED);
    }

    /** The files of which something new can be read. */
    List<TailedFile> withNews(long nowNanos) {
        return openFiles.withNews(nowNanos);
    }

    /** Whether some file holds what may yet become a record without growing, or cannot be read at all. */
    boolean awaitsMore(long nowNanos) {
        return unclear
                || !gaps.isEmpty()
                || contents.active().stream().anyMatch(content -> awaitsMore(content, nowNanos));
    }

    /** Whether some can be read only once others are committed and closed. */
    boolean isHeldBack() {
        return openFiles.isHeldBack();
    }

    /** Whether something is to be committed though nothing was read. */
    boolean hasUnsaved() {
        return unsaved;
    }

    /** What was warned of, each once, and may still be wrong. */
    List<String> complaints() {
        return complaints.all();
    }

    /** Those that hold a descriptor. */
    List<TailedFile> open() {
        return openFiles.all();
    }

    Patience patience() {
        return patience;
    }

    /** Notes that a file's position may have moved. */
    void wasRead(TailedFile file, long nowNanos) {
        Content content = Objects.requireNonNull(contents.of(file));
        content.touched = true;
        complaints.wasRead(content.key);
        SeenLength lost = file.takeLost();
        if (lost.bytes() > 0) {
            if (content.committed == null) {
                gaps.vanishedForGood(lost.at(), file.size(), lost.bytes());
            } else {
                gaps.vanished(lost.at(), file.size(), lost.bytes());
            }
            unsaved = true;
        }
        if (file.takeOverwritten()) {
            meters.overwritten();
            if (complaints.isNew(content.key, file.path() + " overwritten")) {
                LOG.warn(
                        "{}: {} was overwritten before byte {}, up to which it was read; what stands there now is not"
                                + " read",
                        stream,
                        file.path(),
                        file.offset());
            }
        }
        if (file.damage() != null && complaints.isNew(content.key, file.path() + ":" + file.damage())) {
            LOG.warn(
                    "{}: {} is broken or cut off ({}); what could be unpacked of it, {} bytes, is read",
                    stream,
                    file.path(),
                    file.damage(),
                    file.size());
        }
        String damage = file.takeDamage();
        if (damage != null) {
            gaps.broken(file.path(), file.offset(), file.storedSize(), damage);
            unsaved = true;
        }
        if (!file.hasNews(file.rest(patience, nowNanos))) {
            file.pause();
        }
        if (file.hasBegunAnew()) {
            succession.beginAnew(content, file, nowNanos);
        }
    }

    /** Leaves a file alone until the next scan. */
    void unreadable(TailedFile file, IOException failure) {
        Content content = contents.of(file);
        if (content != null) {
            content.unreadable = true;
        }
        complaints.unreadable(file.contentKey(), file.path(), failure);
    }

    /** Tells the meters what is left in the files, over all of them. */
    void countUnread() {
        long unread = 0;
        long unfinished = 0;
        for (Content content : contents.all()) {
            if (content.file != null && content.isRead()) {
                unread += content.file.unreadBytes();
                unfinished += content.file.unfinishedBytes();
            }
        }
        meters.unread(unread, unfinished);
    }

    /**
     * Tells the meters how many files could not be read since they were last told; each is tried again after every scan. And how
     * many folders: whether any files lie there nobody knows.
     */
    void countUnreadable() {
        meters.unreadable(complaints.takeFailing() + globs.refused());
    }

    /** Puts into the transaction what moved since the last. */
    void save(Saved saved) {
        for (Content content : contents.active()) {
            if (content.touched && !content.forgetting) {
                FilePosition now = content.position();
                if (!now.equals(content.committed)) {
                    saved.position(PositionCodec.fileKey(stream, content.key), PositionCodec.file(now));
                    content.saving = now;
                }
            }
        }
        if (unsaved) {
            contents.all().stream()
                    .filter(content -> content.forgetting)
                    .forEach(content -> saved.position(PositionCodec.fileKey(stream, content.key), null));
            gaps.save(saved);
        }
    }

    void saved() {
        contents.active().forEach(Content::saved);
        if (unsaved) {
            contents.forgetThoseToForget();
            complaints.keepThoseOf(contents.keys());
            gaps.saved();
            unsaved = false;
        }
        openFiles.closeUnpacked();
    }

    private void follow(FileChange change, long nowNanos) {
        switch (change) {
            case FileChange.Created(SeenFile seen) -> found(seen, nowNanos);
            case FileChange.Written(SeenFile seen) -> found(seen, nowNanos);
            case FileChange.Truncated(SeenFile seen) -> found(seen, nowNanos);
            case FileChange.Renamed(SeenFile seen, var from) -> {
                LOG.info("{} is now {}", from, seen.path());
                found(seen, nowNanos);
            }
            case FileChange.Deleted(SeenFile seen) -> {
                Content content = contents.latest(seen.key());
                if (content != null && content.file != null) {
                    content.file.lost();
                    contents.activate(content);
                }
            }
        }
    }

    private void found(SeenFile seen, long nowNanos) {
        Content known = contents.latest(seen.key());
        if (known == null) {
            contents.add(fresh(seen, nowNanos));
        } else if (known.file != null
                && (!SeenFile.arePackedAlike(known.path(), seen.path()) || known.file.isUnknownAndLongerThan(seen))) {
            // Its inode was given to another, or nothing tells that it was not.
            openFiles.closeQuietly(known.file);
            known.depart(nowNanos);
            contents.activate(known);
            contents.add(fresh(seen, nowNanos));
        } else if (known.file != null) {
            known.settled &= known.file.offset() > 0 || known.path().equals(seen.path());
            known.file.foundAt(seen, nowNanos);
            lookAtGrowth(known.file);
            contents.activate(known);
        } else if (known.inherited) {
            // Another goes on where it stopped.
            contents.add(fresh(seen, nowNanos));
        } else {
            resume(known, seen, nowNanos);
        }
    }

    private void lookAtGrowth(TailedFile file) {
        try {
            file.lookAtGrowth();
        } catch (IOException e) {
            complaints.unreadable(file.contentKey(), file.path(), e);
        }
    }

    private Content fresh(SeenFile seen, long nowNanos) {
        return Content.of(TailedFile.fresh(seen, contents.nextGeneration(seen.key()), nowNanos));
    }

    /**
     * The inode alone does not prove that it is the same, nor does the beginning where all of a log's files begin alike and it
     * stands elsewhere.
     */
    private void resume(Content known, SeenFile seen, long nowNanos) {
        TailedFile resumed = known.position().resume(seen, nowNanos);
        boolean same;
        try {
            same = !known.isUnreadAndGone()
                    && SeenFile.arePackedAlike(known.path(), seen.path())
                    && (resumed.mayBeReadThrough() || resumed.isTheFileItWas())
                    && (known.path().equals(seen.path()) || !resumed.takeOverwritten());
        } catch (IOException e) {
            // It may be the known one or another, and moved on since it was seen: the next scan looks at it anew.
            complaints.unreadable(known.key, seen.path(), e);
            unexamined.add(seen.key());
            unclear = true;
            return;
        } finally {
            openFiles.closeQuietly(resumed);
        }
        contents.activate(known);
        if (same) {
            known.forgetting = false;
            known.foundAs(resumed);
        } else {
            if (!known.isGone()) {
                known.depart(nowNanos);
            }
            // As long as it was when it was opened: what the scan saw may have been the known one yet.
            contents.add(Content.of(resumed.successor(contents.nextGeneration(seen.key()), nowNanos)));
        }
    }

    /** A file that was renamed out of the globs is still read to its end. */
    private void seekWhatNoGlobFinds(long nowNanos) {
        Whereabouts whereabouts = new Whereabouts();
        for (Content content : contents.restless()) {
            TailedFile file = content.file;
            boolean sought = file == null ? !content.isGone() : !file.isFound() && !file.isOpen();
            if (sought && !content.forgetting) {
                try {
                    seek(content, whereabouts, nowNanos);
                } catch (IOException e) {
                    // Unknown is not gone: the next scan looks again.
                    unclear = true;
                    complaints.unreadable(content.key, content.position().path(), e);
                }
            }
        }
    }

    private void seek(Content content, Whereabouts whereabouts, long nowNanos) throws IOException {
        Optional<SeenFile> elsewhere = contents.latest(content.key.file()) == content
                ? whereabouts.of(content.path(), content.realPath(), content.key.file())
                : Optional.empty();
        TailedFile file = content.file;
        if (elsewhere.isEmpty()) {
            content.depart(nowNanos);
            contents.activate(content);
        } else if (file != null) {
            file.foundAt(elsewhere.get(), nowNanos);
            file.lost();
        } else if (isTakenOut(content.position())) {
            LOG.warn("{}: {} is no longer in the source's paths; it is left unread from here", stream, content.path());
            content.leave(nowNanos);
        } else {
            TailedFile resumed = content.position().resume(elsewhere.get(), nowNanos);
            boolean same = false;
            try {
                same = resumed.isTheFileItWas();
            } finally {
                if (!same) {
                    openFiles.closeQuietly(resumed);
                }
            }
            if (same) {
                resumed.lost();
                content.foundAs(resumed);
                contents.activate(content);
            } else {
                content.depart(nowNanos);
                contents.activate(content);
            }
        }
    }

    /** Whether the source's settings no longer have the path where the file was found, wherever it stands by now. */
    private boolean isTakenOut(FilePosition position) {
        return position.found() && !globs.matches(position.path());
    }

    private boolean awaitsMore(Content content, long nowNanos) {
        TailedFile file = content.file;
        if (file == null || !content.isRead()) {
            return false;
        }
        if (content.unreadable || !content.isSettled()) {
            return content.unreadable || !content.isEmpty();
        }
        Rest rest = file.rest(patience, nowNanos);
        return file.hasNews(rest) || (rest == Rest.GROWING && file.hasNews(Rest.RESTING)) || file.awaitsFlush(patience);
    }

    @Override
    public void close() {
        openFiles.closeAll();
        try {
            globs.close();
        } catch (IOException e) {
            LOG.debug("{}: the folders are watched no more", stream, e);
        }
    }
}
