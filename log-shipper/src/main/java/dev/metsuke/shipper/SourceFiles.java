package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.PositionCodec;
import dev.metsuke.shipper.publish.Publisher;
import dev.metsuke.shipper.tail.FileChange;
import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.Globs;
import dev.metsuke.shipper.tail.Scan;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
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
    private final Set<String> complaints = new HashSet<>();
    private Scan lastScan = Scan.NONE;

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
                file.rewind(file.generation(), 0, null);
            } else {
                file.rewind(position.generation(), position.offset(), position.firstLine());
            }
        });
    }

    /** Looks at what the globs match now, and follows what changed. */
    void scan(long nowNanos) {
        unreadable.clear();
        Scan scan = globs.scan();
        for (FileChange change : scan.since(lastScan)) {
            follow(change, nowNanos);
        }
        lastScan = scan;
        findCommittedElsewhere(nowNanos);
        files.values().removeIf(file -> !file.isFound() && !isStillThere(file, nowNanos));
        forgetTheLongGone(nowNanos);
        files.values().stream()
                .filter(file -> file.isOpen() && file.restingNanos(nowNanos) > IDLE_NANOS)
                .forEach(this::closeQuietly);
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

    /** Whether some file holds what may yet become a record without growing. */
    boolean awaitsRest(long nowNanos) {
        return files.values().stream()
                .anyMatch(file -> !unreadable.contains(file) && !isAtRest(file, nowNanos) && file.hasNews(true));
    }

    boolean isAtRest(TailedFile file, long nowNanos) {
        return file.restingNanos(nowNanos) >= restNanos;
    }

    /** Notes that a file's position may have moved. */
    void wasRead(TailedFile file, long generationBefore) {
        touched.add(file);
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
        complainOnce(file, failure);
    }

    long unreadBytes() {
        return files.values().stream().mapToLong(TailedFile::unreadBytes).sum();
    }

    /** Puts into the transaction what moved since the last. */
    void save(Publisher publisher) {
        for (TailedFile file : touched) {
            FilePosition now = FilePosition.of(file);
            FilePosition before = committed.get(now.identity().key());
            if (before == null || before.offset() != now.offset() || before.generation() != now.generation()) {
                publisher.position(PositionCodec.fileKey(stream, now.identity().key()), PositionCodec.file(now));
                saving.put(now.identity().key(), now);
            }
        }
        forgetting.forEach(key -> publisher.position(PositionCodec.fileKey(stream, key), null));
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
        FilePosition position = committed.get(seen.key());
        return position == null ? TailedFile.fresh(seen, nowNanos) : position.resume(seen, nowNanos);
    }

    /** A file that was renamed out of the globs while nobody looked is still read to its end. */
    private void findCommittedElsewhere(long nowNanos) {
        committed.forEach((key, position) -> {
            if (files.containsKey(key) || goneSince.containsKey(key)) {
                return;
            }
            Optional<TailedFile> elsewhere = Globs.inFolderOf(position.path(), key).stream()
                    .map(seen -> position.resume(seen, nowNanos))
                    .filter(this::isTheSame)
                    .findFirst();
            if (elsewhere.isPresent()) {
                elsewhere.get().lost();
                files.put(key, elsewhere.get());
            } else {
                goneSince.put(key, nowNanos);
                reportGap(position.path().toString(), position.unreadBytes());
            }
        });
    }

    private boolean isTheSame(TailedFile file) {
        try {
            return file.isTheFileItWas();
        } catch (IOException e) {
            complainOnce(file, e);
            return false;
        }
    }

    /** Of a file that no glob finds: whether there is something to read it by. */
    private boolean isStillThere(TailedFile file, long nowNanos) {
        if (file.isOpen()) {
            return true;
        }
        FileKey key = file.identity().key();
        List<SeenFile> elsewhere = Globs.inFolderOf(file.path(), key);
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

    private void complainOnce(TailedFile file, IOException failure) {
        if (complaints.add(file.path() + failure.toString())) {
            LOG.warn("{}: {} cannot be read: {}", stream, file.path(), failure.toString());
        }
    }

    private void closeQuietly(TailedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            complainOnce(file, e);
        }
    }

    @Override
    public void close() {
        files.values().forEach(this::closeQuietly);
    }
}
