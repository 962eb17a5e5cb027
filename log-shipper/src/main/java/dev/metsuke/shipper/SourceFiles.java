package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.tail.FileChange;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Globs;
import dev.metsuke.shipper.tail.Scan;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a source: follows them through scans, rotations and deletions, and knows how far each is committed. */
final class SourceFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceFiles.class);
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

    private final String stream;
    private final Globs globs;
    private final SourceMeters meters;
    private final long restNanos;
    private final long forgetNanos;
    private final Map<FileKey, TailedFile> files = new LinkedHashMap<>();
    private final Map<FileKey, FilePosition> committed = new HashMap<>();
    private final Map<FileKey, FilePosition> saving = new HashMap<>();
    private final Map<FileKey, Long> goneSince = new HashMap<>();
    private final Set<TailedFile> touched = new HashSet<>();
    private final Set<FileKey> forgetting = new HashSet<>();
    private final Set<TailedFile> unreadable = new HashSet<>();
    private final Set<FileKey> undecided = new HashSet<>();
    private final Set<String> complaints = new HashSet<>();
    private Scan lastScan = Scan.NONE;

    /** Takes what is to be committed; a null value forgets the key. */
    @FunctionalInterface
    interface Saved {
        void position(byte[] key, byte @Nullable [] value);
    }

    SourceFiles(ShipperSettings shipper, SourceSettings settings, String stream, SourceMeters meters) {
        this.stream = stream;
        this.globs = new Globs(settings.paths());
        this.meters = meters;
        this.restNanos = shipper.restAfter().toNanos();
        this.forgetNanos = shipper.forgetAfter().toNanos();
    }

    /** Goes back to what is committed; open files stay open, so that a deleted one can still be read to its end. */
    void rewind(Map<FileKey, FilePosition> positions) {
        committed.clear();
        committed.putAll(positions);
        saving.clear();
        touched.clear();
        forgetting.clear();
        files.forEach((key, file) -> {
            FilePosition position = committed.get(key);
            if (position == null) {
                file.rewind(0, 0, null);
            } else {
                file.rewind(position.generation(), position.offset(), position.firstLine());
            }
            reportOverwritten(file);
        });
    }

    /** Looks at what the globs match now, and follows what changed. */
    void scan(long nowNanos) {
        unreadable.clear();
        undecided.clear();
        Scan scan = globs.scan();
        for (FileChange change : scan.since(lastScan)) {
            follow(change, nowNanos);
        }
        lastScan = scan;
        findCommittedElsewhere(nowNanos);
        files.values().removeIf(file -> !file.isFound() && !isStillThere(file, nowNanos));
        forgetTheLongGone(nowNanos);
        files.values().stream().filter(file -> isIdle(file, nowNanos)).forEach(this::closeQuietly);
        meters.unread(unreadBytes());
    }

    /** The files of which something new can be read. */
    List<TailedFile> withNews(long nowNanos) {
        List<TailedFile> news = new ArrayList<>();
        for (TailedFile file : files.values()) {
            try {
                file.lookAtSize(nowNanos);
            } catch (IOException e) {
                unreadable(file, e);
            }
            if (!unreadable.contains(file) && file.hasNews(isAtRest(file, nowNanos))) {
                news.add(file);
            }
        }
        return news;
    }

    /** Whether some file holds what may yet become a record without growing, or cannot be read at all. */
    boolean awaitsMore(long nowNanos) {
        return !unreadable.isEmpty()
                || !undecided.isEmpty()
                || files.values().stream().anyMatch(file -> !isAtRest(file, nowNanos) && file.hasNews(true));
    }

    long restNanos() {
        return restNanos;
    }

    boolean isAtRest(TailedFile file, long nowNanos) {
        return file.restingNanos(nowNanos) >= restNanos;
    }

    /** Notes that a file's position may have moved. */
    void wasRead(TailedFile file, long generationBefore) {
        touched.add(file);
        reportOverwritten(file);
        if (file.generation() != generationBefore && !file.isFound()) {
            // Its inode now belongs to a file that no glob asked for.
            files.remove(file.identity().key());
            touched.remove(file);
            closeQuietly(file);
        }
    }

    /** Leaves a file alone until the next scan. */
    void unreadable(TailedFile file, IOException failure) {
        unreadable.add(file);
        complainOnce(file.path(), failure);
    }

    long unreadBytes() {
        return files.values().stream().mapToLong(TailedFile::unreadBytes).sum();
    }

    /** Puts into the transaction what moved since the last. */
    void save(Saved positions) {
        for (TailedFile file : touched) {
            FilePosition now = FilePosition.of(file);
            FilePosition before = committed.get(now.identity().key());
            if (before == null || before.offset() != now.offset() || before.generation() != now.generation()) {
                positions.position(PositionCodec.fileKey(stream, now.identity().key()), PositionCodec.file(now));
                saving.put(now.identity().key(), now);
            }
        }
        forgetting.forEach(key -> positions.position(PositionCodec.fileKey(stream, key), null));
    }

    void saved() {
        committed.putAll(saving);
        forgetting.forEach(committed::remove);
        saving.clear();
        touched.clear();
        forgetting.clear();
    }

    private void follow(FileChange change, long nowNanos) {
        TailedFile file = files.get(change.key());
        switch (change) {
            case FileChange.Created(SeenFile seen) -> {
                if (file == null) {
                    files.put(seen.key(), discovered(seen, nowNanos));
                } else {
                    file.foundAt(seen, nowNanos);
                }
            }
            case FileChange.Written(SeenFile seen) -> seenAgain(file, seen, nowNanos);
            case FileChange.Truncated(SeenFile seen) -> seenAgain(file, seen, nowNanos);
            case FileChange.Renamed(SeenFile seen, var from) -> {
                LOG.info("{} is now {}", from, seen.path());
                seenAgain(file, seen, nowNanos);
            }
            case FileChange.Deleted(SeenFile _) -> {
                if (file != null) {
                    file.lost();
                }
            }
        }
    }

    private void seenAgain(@Nullable TailedFile file, SeenFile seen, long nowNanos) {
        if (file == null) {
            files.put(seen.key(), discovered(seen, nowNanos));
        } else {
            file.foundAt(seen, nowNanos);
        }
    }

    private TailedFile discovered(SeenFile seen, long nowNanos) {
        goneSince.remove(seen.key());
        forgetting.remove(seen.key());
        FilePosition position = committed.get(seen.key());
        return position == null ? TailedFile.fresh(seen, nowNanos) : position.resume(seen, nowNanos);
    }

    /** A file that was renamed out of the globs while nobody looked is still read to its end. */
    private void findCommittedElsewhere(long nowNanos) {
        committed.forEach((key, position) -> {
            if (files.containsKey(key) || goneSince.containsKey(key) || forgetting.contains(key)) {
                return;
            }
            try {
                Optional<TailedFile> elsewhere = elsewhere(key, position, nowNanos);
                if (elsewhere.isPresent()) {
                    elsewhere.get().lost();
                    files.put(key, elsewhere.get());
                } else {
                    goneSince.put(key, nowNanos);
                    reportGap(position.path().toString(), position.unreadBytes());
                }
            } catch (IOException e) {
                // Unknown is not gone: the next scan looks again.
                undecided.add(key);
                complainOnce(position.path(), e);
            }
        });
    }

    private Optional<TailedFile> elsewhere(FileKey key, FilePosition position, long nowNanos) throws IOException {
        for (SeenFile seen : Globs.inFolderOf(position.path(), key)) {
            TailedFile file = position.resume(seen, nowNanos);
            boolean same = false;
            try {
                same = file.isTheFileItWas();
            } finally {
                if (!same) {
                    closeQuietly(file);
                }
            }
            if (same) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** An open handle may be the last way to a file, so it is kept until all of the file is read and committed. */
    private boolean isIdle(TailedFile file, long nowNanos) {
        try {
            file.lookAtSize(nowNanos);
        } catch (IOException e) {
            unreadable(file, e);
        }
        return file.isOpen()
                && !touched.contains(file)
                && file.restingNanos(nowNanos) > IDLE_NANOS
                && !file.hasNews(true);
    }

    /** Of a file that no glob finds: whether there is something to read it by. */
    private boolean isStillThere(TailedFile file, long nowNanos) {
        if (file.isOpen()) {
            return true;
        }
        FileKey key = file.identity().key();
        List<SeenFile> elsewhere;
        try {
            elsewhere = Globs.inFolderOf(file.path(), key);
        } catch (IOException e) {
            undecided.add(key);
            complainOnce(file.path(), e);
            return true;
        }
        if (elsewhere.isEmpty()) {
            reportGap(file.path().toString(), file.unreadBytes());
            goneSince.put(key, nowNanos);
            return false;
        }
        file.foundAt(elsewhere.getFirst(), nowNanos);
        file.lost();
        return true;
    }

    private void forgetTheLongGone(long nowNanos) {
        goneSince.entrySet().removeIf(gone -> {
            boolean forget = nowNanos - gone.getValue() > forgetNanos;
            if (forget && committed.containsKey(gone.getKey())) {
                forgetting.add(gone.getKey());
            }
            return forget;
        });
    }

    private void reportGap(String path, long unread) {
        if (unread > 0) {
            LOG.warn("{}: {} vanished with {} bytes unread; they are lost", stream, path, unread);
            meters.gap(unread);
        }
    }

    private void reportOverwritten(TailedFile file) {
        long lost = file.takeLostBytes();
        if (lost > 0) {
            LOG.warn(
                    "{}: {} was truncated or overwritten with {} bytes unread; they are lost",
                    stream,
                    file.path(),
                    lost);
            meters.gap(lost);
        }
    }

    private void complainOnce(Path path, IOException failure) {
        if (complaints.add(path + failure.toString())) {
            LOG.warn("{}: {} cannot be read: {}", stream, path, failure.toString());
        }
    }

    private void closeQuietly(TailedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            complainOnce(file.path(), e);
        }
    }

    @Override
    public void close() {
        files.values().forEach(this::closeQuietly);
    }
}
