package dev.metsuke.events.evidence;

import dev.metsuke.events.proof.DeletedMonths;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import dev.metsuke.events.proof.Finding;
import dev.metsuke.events.proof.Finding.BadSeal;
import dev.metsuke.events.proof.Finding.Deleted;
import dev.metsuke.events.proof.Finding.Missing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of one stream's lines in a bundle. Keeps no more of its seals than the last one. */
final class BundledStream {

    private final String stream;
    private final List<Deleted> deleted = new ArrayList<>();
    /** Lines that are told as deleted, behind which no seal was met yet. */
    private final List<Deleted> unexplained = new ArrayList<>();

    private long listed;
    private long first;
    private long last;
    private long sealed;
    private long seals;
    private long orphaned;
    private long listedSinceSeal;
    /** Listed since the last seal, and not provable without lines that are told as deleted. */
    private long orphans;

    private long knownLine;
    /** No line up to this one may be told of once more. */
    private long reached;

    private @Nullable SealedMonth before;

    BundledStream(String stream) {
        this.stream = stream;
    }

    String name() {
        return stream;
    }

    /** What follows begins behind this line; false where that goes back to what was told already. */
    boolean start(long sequence) {
        listedSinceSeal = 0;
        knownLine = sequence;
        boolean isBehind = sequence >= reached;
        reach(sequence);
        return isBehind;
    }

    /** Up to this line everything is told. */
    void reach(long sequence) {
        reached = Math.max(reached, sequence);
    }

    void list(long sequence) {
        first = listed == 0 ? sequence : first;
        last = sequence;
        listed++;
        listedSinceSeal++;
    }

    /** What was listed last cannot be proven without lines that were deleted. */
    void orphan() {
        orphans += listedSinceSeal;
        listedSinceSeal = 0;
    }

    /** These lines are told as deleted, behind lines of which those since the last seal cannot be proven then. */
    void delete(Missing lines) {
        orphan();
        reach(lines.last());
        unexplained.add(new Deleted(lines, List.of()).withUnsealed(lines.first() - 1 - knownLine));
    }

    /** The line behind those that were deleted last follows from them. */
    void followsFromDeleted(long line) {
        unexplained.add(unexplained.removeLast().withUnproven(line));
    }

    /**
     * A believed seal of the last line. Only one that is the next of the stream excuses that lines before it cannot be proven:
     * a seal that is not told of could prove them.
     *
     * @return what is wrong with its place, and what is to be said of lines that are told as deleted, and no record tells so
     */
    List<Finding> seal(SealedMonth seal, DeletedMonths months) {
        SealedMonth last = before;
        if (last != null && !seal.seal().isBehind(last.seal())) {
            return List.of(new BadSeal(seal.seal(), "it does not come behind " + last.seal(), true));
        }
        sealed += listedSinceSeal;
        seals++;
        orphaned += isNext(seal) ? orphans : 0;
        orphans = 0;
        start(seal.seal().head().sequence());
        List<Finding> findings = explain(months, seal);
        before = seal;
        return findings;
    }

    private boolean isNext(SealedMonth seal) {
        return seal.seal().number() == (before == null ? 1 : before.seal().number() + 1);
    }

    /**
     * Nothing more comes.
     *
     * @return what is to be said of lines that are told as deleted, and no record tells so
     */
    List<Finding> end(DeletedMonths months) {
        return explain(months, null);
    }

    private List<Finding> explain(DeletedMonths months, @Nullable SealedMonth behind) {
        List<Finding> findings = new ArrayList<>();
        List<SealedMonth> around = Stream.of(Optional.ofNullable(before), Optional.ofNullable(behind))
                .flatMap(Optional::stream)
                .toList();
        for (Deleted told : unexplained) {
            Optional<Deleted> explained = months.explain(told.lines(), around);
            if (explained.isPresent()) {
                add(new Deleted(told.lines(), explained.get().by(), told.unsealed(), told.unproven()));
            } else {
                findings.add(months.doubt(told.lines(), around).orElse(told.lines()));
            }
        }
        unexplained.clear();
        return findings;
    }

    /** Lines on either side of a seal were told apart. */
    private void add(Deleted more) {
        if (deleted.isEmpty()
                || deleted.getLast().lines().last() + 1 != more.lines().first()) {
            deleted.add(more);
            return;
        }
        Deleted begun = deleted.removeLast();
        deleted.add(new Deleted(
                new Missing(begun.lines().first(), more.lines().last(), null, null),
                Stream.concat(begun.by().stream(), more.by().stream())
                        .distinct()
                        .toList(),
                begun.unsealed(),
                more.unproven()));
    }

    EvidenceVerdict.Lines summary() {
        return new EvidenceVerdict.Lines(stream, listed, first, last, sealed, seals, orphaned, deleted);
    }
}
