package dev.metsuke.events.evidence;

import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
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

    /** Whether every event that can be seen is proven, but for those of which retention deleted what would prove them. */
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
     * @param orphaned how many of them cannot be proven without lines that retention deleted
     * @param deleted the lines that retention deleted beside them
     */
    public record Lines(
            String stream,
            long listed,
            long first,
            long last,
            long sealed,
            long seals,
            long orphaned,
            List<Deleted> deleted) {

        public Lines {
            deleted = List.copyOf(deleted);
        }

        /** Whether no line is missing from the first to the last but those that retention deleted. */
        public boolean isComplete() {
            return listed + deletedBetween() == last - first + 1;
        }

        /** How many lines retention deleted between the first and the last. */
        public long deletedBetween() {
            return deleted.stream()
                    .map(Deleted::lines)
                    .filter(lines -> lines.first() > first && lines.last() < last)
                    .mapToLong(Missing::count)
                    .sum();
        }

        /** How many are younger than the last seal. */
        public long unsealed() {
            return listed - sealed - orphaned;
        }
    }
}
