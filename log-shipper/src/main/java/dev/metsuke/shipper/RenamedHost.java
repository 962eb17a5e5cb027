package dev.metsuke.shipper;

import dev.metsuke.shipper.position.FilePosition;
import dev.metsuke.shipper.position.Positions;
import dev.metsuke.shipper.tail.SeenFile;
import dev.metsuke.shipper.tail.TailedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shipper that is called as its host, and begins with a file that another one shipped: as a rule the host has another name now, as a
 * container has with each start. All of its files would be shipped once more.
 *
 * @param former the id by which they were shipped
 * @param file one of them
 */
record RenamedHost(String former, Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(RenamedHost.class);

    /**
     * Finds it.
     *
     * @param shipped what shippers of other ids shipped of files that stood where a source looks for them
     */
    static Optional<RenamedHost> among(Positions shipped) {
        return shipped.streams().stream()
                .flatMap(stream -> shipped.files(stream).values().stream()
                        .filter(position -> position.progress().offset() > 0 && isThere(position))
                        .map(position -> new RenamedHost(stream.substring(0, stream.indexOf('/')), position.path())))
                .findFirst();
    }

    static boolean isLookedFor(FilePosition position, Collection<Source> sources) {
        return sources.stream().anyMatch(source -> source.files().isLookedFor(position.path()));
    }

    /** On another host another file stands there. */
    private static boolean isThere(FilePosition position) {
        try {
            SeenFile seen = SeenFile.at(position.path());
            if (!seen.key().equals(position.file())) {
                return false;
            }
            try (TailedFile file = position.resume(seen, System.nanoTime())) {
                return file.isTheFileItWas();
            }
        } catch (IOException e) {
            LOG.debug("{} is not there as another shipper read it: {}", position.path(), e.toString());
            return false;
        }
    }

    /** What is wrong, and what to do. */
    String describe(String id) {
        return "shipper.id is not set, and this host is called " + id + "; the shipper " + former
                + " shipped files of it, such as "
                + file + ", which would be shipped once more: set \"shipper.id: " + former
                + "\", and it goes on where that stopped, or \"shipper.id: " + id + "\" where they are another host's";
    }
}
