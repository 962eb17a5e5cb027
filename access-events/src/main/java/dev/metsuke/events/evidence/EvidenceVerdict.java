package dev.metsuke.events.evidence;

import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a bundle.
 *
 * @param manifest what the bundle says of itself; null where it could not be looked at
 * @param streams what was proven of which
 * @param unproven which of the listed events no believed seal behind them proves, in their order
 * @param doubts why some of it cannot be judged
 * @param forgery what is wrong; null if nothing is
 */
public record EvidenceVerdict(
        @Nullable EvidenceManifest manifest,
        List<Lines> streams,
        List<Unproven> unproven,
        List<String> doubts,
        @Nullable String forgery) {

    public EvidenceVerdict {
        streams = List.copyOf(streams);
        unproven = List.copyOf(unproven);
        doubts = List.copyOf(doubts);
    }

    /** Whether every event that can be seen is proven, but for those of which retention deleted what would prove them. */
    public boolean isProven() {
        return forgery == null && doubts.isEmpty() && streams.stream().allMatch(lines -> lines.unsealed() == 0);
    }

    /** What is to be said of a file of which nothing else is worth a look. */
    static EvidenceVerdict forged(String forgery) {
        return new EvidenceVerdict(null, List.of(), List.of(), List.of(), forgery);
    }

    /** How many events can be seen. */
    public long listed() {
        return streams.stream().mapToLong(Lines::listed).sum();
    }

    /**
     * Events that stand one behind another in a bundle, and that no believed seal behind them proves.
     *
     * @param stream whose they are
     * @param firstEvent the number of the first of them in the bundle, from 1
     * @param lastEvent of the last
     * @param firstLine which line of the stream the first one claims to be
     * @param lastLine which the last one
     * @param isBehindLastSeal whether they are younger than the stream's last believed seal in the bundle
     */
    public record Unproven(
            String stream, long firstEvent, long lastEvent, long firstLine, long lastLine, boolean isBehindLastSeal) {

        /** How many. */
        public long count() {
            return lastEvent - firstEvent + 1;
        }
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

        /** How many no believed seal proves, and nothing that retention deleted excuses that. */
        public long unsealed() {
            return listed - sealed - orphaned;
        }
    }
}
