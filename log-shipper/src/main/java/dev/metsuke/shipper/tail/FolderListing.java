package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The regular files of one folder by what they keep when they are renamed. */
public final class FolderListing {

    private static final Logger LOG = LoggerFactory.getLogger(FolderListing.class);

    private final Map<FileKey, SeenFile> files = new HashMap<>();
    private @Nullable IOException vanished;

    private FolderListing() {}

    /** Of a folder that is gone, an empty one. */
    public static FolderListing of(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            return among(entries);
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (Files.isDirectory(folder)) {
                throw e;
            }
            LOG.debug("{} is gone: {}", folder, e.toString());
            return among(List.of());
        }
    }

    static FolderListing among(Iterable<Path> entries) throws IOException {
        FolderListing listing = new FolderListing();
        try {
            for (Path entry : entries) {
                listing.look(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return listing;
    }

    /**
     * The file of this key.
     *
     * @throws IOException where it cannot be told whether it stands there
     */
    public Optional<SeenFile> find(FileKey key) throws IOException {
        SeenFile seen = files.get(key);
        if (seen == null && vanished != null) {
            throw vanished;
        }
        return Optional.ofNullable(seen);
    }

    private void look(Path entry) {
        try {
            if (Files.isRegularFile(entry)) {
                SeenFile seen = SeenFile.at(entry);
                files.putIfAbsent(seen.key(), seen);
            } else if (Files.notExists(entry, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(entry.toString());
            }
        } catch (NoSuchFileException e) {
            // It may be the very file that is looked for, renamed once more in this moment.
            vanished = e;
        } catch (IOException e) {
            LOG.debug("{} cannot be looked at: {}", entry, e.toString());
        }
    }
}
