package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.ContentKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a source's files, each said once for a content that is known; that it cannot be read, until it could be. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private static final String CURE =
            "; give the account that runs metsuke the right to read it, as by its group (adm on Debian) or an ACL"
                    + " (setfacl)";

    private final String stream;
    private final Map<ContentKey, Set<String>> said = new HashMap<>();
    private final Map<ContentKey, Set<String>> unreadable = new HashMap<>();
    private final Set<ContentKey> failing = new HashSet<>();

    Complaints(String stream) {
        this.stream = stream;
    }

    void unreadable(ContentKey content, Path path, IOException failure) {
        failing.add(content);
        if (isNew(unreadable, content, path + failure.toString())) {
            String cure = failure instanceof AccessDeniedException ? CURE : "";
            LOG.warn("{}: {} cannot be read: {}{}", stream, path, failure.toString(), cure);
        }
    }

    /** How many could not be read since this was last asked. */
    int takeFailing() {
        int count = failing.size();
        failing.clear();
        return count;
    }

    void wasRead(ContentKey content) {
        unreadable.remove(content);
    }

    /** Whether this was not said before of the content; it is from now on. */
    boolean isNew(ContentKey content, String complaint) {
        return isNew(said, content, complaint);
    }

    /** Of others nothing will be said again. */
    void keepThoseOf(Set<ContentKey> known) {
        said.keySet().retainAll(known);
        unreadable.keySet().retainAll(known);
    }

    List<String> all() {
        return Stream.of(said, unreadable)
                .flatMap(complaints -> complaints.values().stream())
                .flatMap(Set::stream)
                .toList();
    }

    private static boolean isNew(Map<ContentKey, Set<String>> complaints, ContentKey content, String complaint) {
        return complaints.computeIfAbsent(content, _ -> new HashSet<>()).add(complaint);
    }
}
