package dev.metsuke.events.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a bundle.
 *
 * @param streams what was proven of which
 * @param doubts why some of it cannot be judged
 * @param forgery what is wrong; null if nothing is
 */
public record EvidenceVerdict(
        List<Lines> streams, List<String> doubts, @Nullable String forgery) {

    public EvidenceVerdict {
        streams = List.copyOf(streams);
        doubts = List.copyOf(doubts);
    }

    /** Whether every event that can be seen is proven. */
    public boolean isProven() {
        return forgery == null && doubts.isEmpty() && streams.stream().allMatch(lines -> lines.unsealed() == 0);
    }

    /**
     * A stream's lines in a bundle.
     *
     * @param stream the stream
     * @param listed how many can be seen
     * @param first the first of them
     * @param last the last of them
     * @param sealed how many of them a believed seal proves
     * @param seals how many believed seals were met
     */
    public record Lines(String stream, long listed, long first, long last, long sealed, long seals) {

        /** Whether no line is missing from the first to the last. */
        public boolean isComplete() {
            return listed == last - first + 1;
        }

        /** How many are younger than the last seal. */
        public long unsealed() {
            return listed - sealed;
        }
    }
}
