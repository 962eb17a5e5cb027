package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.FileKey;
import dev.metsuke.shipper.tail.FolderListing;
import dev.metsuke.shipper.tail.SeenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where files stand that no glob finds any more: renamed in their folder, where a link led that leads elsewhere now, or gone.
 * Each folder is listed once.
 */
final class Whereabouts {

    private static final Logger LOG = LoggerFactory.getLogger(Whereabouts.class);

    private final Map<Path, FolderListing> listings = new HashMap<>();

    /**
     * Where the file of this key stands that stood there last; empty where it is gone, or packed in another way than it was.
     *
     * @param real the last path without symbolic links
     * @throws IOException where that cannot be told
     */
    Optional<SeenFile> of(Path last, Path real, FileKey key) throws IOException {
        Optional<SeenFile> there = standing(last, key);
        if (there.isEmpty() && !real.equals(last)) {
            there = standing(real, key);
        }
        return there.filter(file -> SeenFile.arePackedAlike(file.path(), last));
    }

    private Optional<SeenFile> standing(Path last, FileKey key) throws IOException {
        try {
            SeenFile there = SeenFile.at(last);
            if (there.key().equals(key) && Files.isRegularFile(last)) {
                return Optional.of(there);
            }
        } catch (IOException e) {
            LOG.debug("{} no longer stands there: {}", last, e.toString());
        }
        Path folder = Objects.requireNonNull(last.getParent());
        FolderListing listing = listings.get(folder);
        if (listing == null) {
            listing = FolderListing.of(folder);
            listings.put(folder, listing);
        }
        return listing.find(key);
    }
}
