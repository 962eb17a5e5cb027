package dev.metsuke.events.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The latest time that a seal of a folder's keys bears, in a file beside them. Seals never go back in time; who ends a key by a
 * clock that was set back since needs to know where they stand.
 */
final class LastSigned {

    private final Path file;
    private Instant noted = Instant.MIN;

    LastSigned(Path folder) {
        this.file = folder.resolve("last-signed");
    }

    /** As it was noted by whatever process; where nothing usable was, long ago. */
    Instant read() throws IOException {
        if (!Files.exists(file)) {
            return Instant.MIN;
        }
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    /** Notes a time, unless a later one is noted. */
    void note(Instant time) throws IOException {
        if (!time.isAfter(noted)) {
            return;
        }
        if (time.isAfter(read())) {
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(whole, time + "\n");
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        noted = time;
    }
}
