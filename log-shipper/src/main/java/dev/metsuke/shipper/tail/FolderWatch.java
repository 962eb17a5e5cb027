package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
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
    private final Map<WatchKey, Path> folders = new HashMap<>();
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
            if (before != null && folders.remove(before.key(), folder)) {
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
            folders.put(key, folder);
            watched.put(folder, new Watched(standing, key));
        } catch (IOException e) {
            failed = true;
            LOG.info("{} cannot be watched ({}); its files are scanned", folder, e.toString());
        }
    }

    /** The entries of the folders that changed since this was last asked; none where that cannot be told. */
    Optional<Set<Path>> changed() {
        Set<Path> changed = new HashSet<>();
        boolean known = !failed;
        for (WatchKey key = service.poll(); key != null; key = service.poll()) {
            Path folder = folders.get(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                if (folder != null && event.context() instanceof Path name) {
                    Path entry = folder.resolve(name);
                    known &= !watched.containsKey(entry);
                    changed.add(entry);
                } else {
                    known = false;
                }
            }
            if (!key.reset()) {
                folders.remove(key);
                watched.remove(folder);
                known = false;
            }
        }
        return known ? Optional.of(changed) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
