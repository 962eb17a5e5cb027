package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel says has changed in some folders: a hint where to look, so that files that rest cost nothing. */
final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    /** On others, such as network file systems, changes made elsewhere are not told of. */
    private static final Set<String> LOCAL =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay");

    private final WatchService service;
    /** A folder that links lead to has one key and several paths. */
    private final Map<WatchKey, Set<Path>> folders = new HashMap<>();

    private final Map<Path, Watched> watched = new HashMap<>();
    private boolean failed;

    /** A folder that was moved away is still watched; what stands in its place is another. */
    private record Watched(FileKey folder, WatchKey key) {}

    private FolderWatch(WatchService service) {
        this.service = service;
    }

    /** None where the system's watching is itself a scanning. */
    static Optional<FolderWatch> start() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FolderWatch(FileSystems.getDefault().newWatchService()));
        } catch (IOException e) {
            LOG.info("folders cannot be watched ({}); they are scanned", e.toString());
            return Optional.empty();
        }
    }

    void add(Path folder) {
        if (failed) {
            return;
        }
        try {
            FileKey standing = SeenFile.at(folder).key();
            Watched before = watched.get(folder);
            if (before != null && before.folder().equals(standing)) {
                return;
            }
            // Found elsewhere before, it keeps its key.
            if (before != null && isTheLast(before.key(), folder)) {
                before.key().cancel();
            }
            String type = Files.getFileStore(folder).type();
            if (!LOCAL.contains(type)) {
                throw new IOException("its file system is " + type);
            }
            WatchKey key = folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            folders.computeIfAbsent(key, _ -> new HashSet<>()).add(folder);
            watched.put(folder, new Watched(standing, key));
        } catch (IOException e) {
            failed = true;
            LOG.info("{} cannot be watched ({}); its files are scanned", folder, e.toString());
        }
    }

    /** Whether what stands there is what is watched: nothing tells that the outermost folder was moved, or a link to it. */
    boolean isWatchedStill(Path folder) {
        Watched before = watched.get(folder);
        try {
            return before != null && before.folder().equals(SeenFile.at(folder).key());
        } catch (IOException e) {
            LOG.debug("{} no longer stands there: {}", folder, e.toString());
            return false;
        }
    }

    /** Whether nothing else leads to what is watched with this key, once this path no longer does. */
    private boolean isTheLast(WatchKey key, Path folder) {
        Set<Path> paths = folders.get(key);
        if (paths == null || !paths.remove(folder) || !paths.isEmpty()) {
            return false;
        }
        folders.remove(key);
        return true;
    }

    /** The entries of the folders that changed since this was last asked; none where that cannot be told. */
    Optional<Set<Path>> changed() {
        Set<Path> changed = new HashSet<>();
        boolean known = !failed;
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            Set<Path> paths = folders.getOrDefault(key, Set.of());
            for (WatchEvent<?> event : key.pollEvents()) {
                known &= !paths.isEmpty() && event.context() instanceof Path;
                if (event.context() instanceof Path name) {
                    paths.forEach(folder -> changed.add(folder.resolve(name)));
                }
            }
            if (!key.reset()) {
                folders.remove(key);
                watched.keySet().removeAll(paths);
                known = false;
            }
        }
        known &= Collections.disjoint(watched.keySet(), changed);
        return known ? Optional.of(changed) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
