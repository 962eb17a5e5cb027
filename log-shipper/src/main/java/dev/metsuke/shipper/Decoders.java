package dev.metsuke.shipper;

import dev.metsuke.shipper.tail.TailedFile;
import java.util.ArrayList;
import java.util.List;

/** How many files may be unpacked at once, over all sources of a shipper: each that is holds megabytes. */
final class Decoders {

    private static final int MOST_AT_ONCE = 4;

    private final List<Contents> sources = new ArrayList<>();

    void lendTo(Contents source) {
        sources.add(source);
    }

    /**
     * Whether one more may be unpacked.
     *
     * @param promised how many will be that are not yet
     */
    boolean hasFree(int promised) {
        int taken = promised;
        for (Contents source : sources) {
            for (Content content : source.active()) {
                TailedFile file = content.file;
                taken += file != null && file.isUnpacking() ? 1 : 0;
            }
        }
        return taken < MOST_AT_ONCE;
    }
}
