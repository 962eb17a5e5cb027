package dev.metsuke.shipper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a source's files, each said once. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private final String stream;
    private final Set<String> said = new HashSet<>();

    Complaints(String stream) {
        this.stream = stream;
    }

    void unreadable(Path path, IOException failure) {
        if (isNew(path + failure.toString())) {
            LOG.warn("{}: {} cannot be read: {}", stream, path, failure.toString());
        }
    }

    /** Whether this was not said before; it is from now on. */
    boolean isNew(String complaint) {
        return said.add(complaint);
    }

    Set<String> said() {
        return Collections.unmodifiableSet(said);
    }
}
