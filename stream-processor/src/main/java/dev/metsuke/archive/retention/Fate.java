package dev.metsuke.archive.retention;

import java.time.Instant;
import java.util.List;

/** What is to become of an index. */
sealed interface Fate {

    /** It stays as it is. */
    record Keep() implements Fate {}

    /** It stays, and takes no more documents. */
    record Close() implements Fate {}

    /**
     * It is past its time and stays all the same.
     *
     * @param because what keeps it
     */
    record Hold(List<String> because) implements Fate {
        public Hold {
            because = List.copyOf(because);
        }
    }

    /**
     * It goes.
     *
     * @param expiredAt since when it need not be kept
     */
    record Delete(Instant expiredAt) implements Fate {}
}
