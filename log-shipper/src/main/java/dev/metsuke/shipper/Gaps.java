package dev.metsuke.shipper;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a source's files could not be read, until a commit has told of it. */
final class Gaps {

    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

    private final String stream;
    private final SourceMeters meters;
    private final List<Gap> untold = new ArrayList<>();

    /**
     * What could not be read.
     *
     * @param length in bytes; of a packed file that is broken, as it is stored
     * @param isKeptOverRewind where nothing committed leads back to it
     * @param damage of a packed file that is broken
     */
    private record Gap(
            Path path,
            long offset,
            long length,
            boolean isKeptOverRewind,
            @Nullable String damage) {}

    Gaps(String stream, SourceMeters meters) {
        this.stream = stream;
        this.meters = meters;
    }

    boolean isEmpty() {
        return untold.isEmpty();
    }

    /** So many bytes behind this offset vanished; once what is committed leads there again, they are found again. */
    void vanished(Path path, long offset, long length) {
        untold.add(new Gap(path, offset, length, false, null));
    }

    /** So many bytes vanished, and nothing that is committed would tell of it again. */
    void vanishedForGood(Path path, long offset, long length) {
        untold.add(new Gap(path, offset, length, true, null));
    }

    void broken(Path path, long offset, long storedLength, String damage) {
        untold.add(new Gap(path, offset, storedLength, false, damage));
    }

    /** Leaves those out that will be found again. */
    void rewind() {
        untold.removeIf(gap -> !gap.isKeptOverRewind());
    }

    void save(SourceFiles.Saved saved) {
        for (Gap gap : untold) {
            if (gap.damage() == null) {
                saved.gap(gap.path(), gap.offset(), gap.length());
            } else {
                saved.broken(gap.path(), gap.offset(), gap.length(), gap.damage());
            }
        }
    }

    void saved() {
        for (Gap gap : untold) {
            if (gap.damage() == null) {
                meters.gap(gap.length());
                LOG.warn("{}: {} bytes of {} vanished unread; they are lost", stream, gap.length(), gap.path());
            }
        }
        untold.clear();
    }
}
