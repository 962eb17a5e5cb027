package dev.metsuke.shipper.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the file of a content stands, as scans follow it, and whether that is where it was created: a file that stands elsewhere
 * was rotated.
 */
final class Location {

    private static final Logger LOG = LoggerFactory.getLogger(Location.class);

    private final FileKey key;
    private Path path;
    // The same without symbolic links.
    private Path realPath;
    // Where it stood when it was last seen to hold the content.
    private Path provenPath;
    private boolean found = true;
    private boolean rotated;
    // Where it stood before it was rotated; null where that is not remembered.
    private @Nullable Path firstPath;

    /** Where a scan found the file of a content that is read so far. */
    Location(SeenFile seen, Progress progress) {
        key = seen.key();
        path = seen.path();
        realPath = seen.realPath();
        provenPath = path;
        rotated = wasRotated(progress);
        firstPath = rotated ? null : path;
    }

    Path path() {
        return path;
    }

    /** The same without symbolic links. */
    Path realPath() {
        return realPath;
    }

    /** Where it stood when it was last seen to hold the content. */
    Path provenPath() {
        return provenPath;
    }

    /** Whether the last scan found it. */
    boolean isFound() {
        return found;
    }

    boolean isRotated() {
        return rotated;
    }

    /** It was seen to hold the content still. */
    void proven() {
        provenPath = path;
    }

    /** Nothing was read of it elsewhere. */
    void createdAt(Path first) {
        firstPath = first;
    }

    /** Follows it to where a scan found it. */
    void foundAt(SeenFile seen) {
        if (seen.path().equals(firstPath)) {
            rotated = false;
        } else if (!path.equals(seen.path()) && !isLinkedBesides(seen)) {
            rotated = true;
        }
        found = true;
        if (!path.equals(seen.path())) {
            path = seen.path();
            realPath = seen.realPath();
        }
    }

    /** Whether it is seen by a link that was made while it still stands where it stood. */
    private boolean isLinkedBesides(SeenFile seen) {
        try {
            return Files.isSymbolicLink(seen.path()) && SeenFile.at(path).key().equals(key);
        } catch (IOException e) {
            LOG.debug("{} no longer stands there: {}", path, e.toString());
            return false;
        }
    }

    /** No scan finds it any more. */
    void lost() {
        found = false;
    }

    /** What was read of it stood elsewhere. */
    void wasRotated(Path from) {
        if (!rotated) {
            rotated = true;
            firstPath = from;
        }
    }

    /** It goes on with what is read so far. */
    void goTo(Progress progress) {
        rotated |= wasRotated(progress);
    }

    /** Of what was never read the inode may have been given to another, which stands where it was created. */
    private static boolean wasRotated(Progress progress) {
        return progress.rotated() && progress.offset() > 0;
    }
}
