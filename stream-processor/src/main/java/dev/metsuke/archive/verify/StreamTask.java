package dev.metsuke.archive.verify;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.ChainFragments;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import dev.metsuke.events.proof.FoundLine;
import dev.metsuke.events.proof.SealTrail;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is to be verified.
 *
 * @param stream the stream
 * @param trail its seals, judged
 * @param months in which index months its believed seals lie; none where retention deleted nothing that could be missing
 * @param head the line behind which it is verified
 * @param start the seal that says so; null where none does
 * @param ahead the seals up to which it is verified
 * @param andTail whether what stands behind the last of them is verified as well
 * @param deleted the lines before it that retention deleted
 */
record StreamTask(
        String stream,
        SealTrail trail,
        SealedMonths months,
        ChainHead head,
        @Nullable Seal start,
        SealList ahead,
        boolean andTail,
        List<Deleted> deleted) {

    StreamTask {
        deleted = List.copyOf(deleted);
    }

    /** From a seal on; from the stream's beginning where that is absent. */
    static StreamTask from(
            String stream,
            SealTrail trail,
            SealedMonths months,
            @Nullable Seal start,
            SealList ahead,
            boolean andTail) {
        return new StreamTask(
                stream,
                trail,
                months,
                start == null ? ChainHead.GENESIS : start.head(),
                start,
                ahead,
                andTail,
                List.of());
    }

    /** How many lines must be there. */
    long knownLines() {
        return knownEnd() - head.sequence();
    }

    /** The last line that must be there. */
    long knownEnd() {
        return ahead.isEmpty() ? head().sequence() : ahead.getLast().head().sequence();
    }

    /**
     * What is left to verify behind lines that were deleted: from the seal of the last of them on, or from the hash that the
     * line behind them claims, which the next seal confirms. Empty where that line is not the one sealed.
     */
    Optional<StreamTask> behind(Deleted gap) {
        Missing missing = gap.lines();
        Seal sealed = sealOf(missing.last());
        if (sealed != null) {
            return Optional.of(from(sealed.head(), sealed, gap));
        }
        FoundLine line = missing.after();
        ChainHead claimed = line == null ? null : line.head();
        if (claimed == null) {
            return Optional.empty();
        }
        Seal ofLine = sealOf(claimed.sequence());
        return ofLine == null || ofLine.head().equals(claimed)
                ? Optional.of(from(claimed, ofLine, gap.withUnproven(claimed.sequence())))
                : Optional.empty();
    }

    private StreamTask from(ChainHead next, @Nullable Seal sealed, Deleted gap) {
        List<Deleted> gaps = new ArrayList<>(deleted);
        gaps.add(gap);
        SealList left = ahead.subList(ahead.firstAtOrBehind(next.sequence() + 1), ahead.size());
        return new StreamTask(stream, trail, months, next, sealed, left, andTail, gaps);
    }

    private @Nullable Seal sealOf(long line) {
        SealList believed = trail.believed();
        int place = believed.firstAtOrBehind(line);
        Seal seal = place == believed.size() ? null : believed.get(place);
        return seal != null && seal.head().sequence() == line ? seal : null;
    }

    ChainFragments fragments() {
        return new ChainFragments(stream, head(), start, ahead);
    }

    ChainVerifier verifier() {
        return new ChainVerifier(stream, head(), start, ahead);
    }
}
