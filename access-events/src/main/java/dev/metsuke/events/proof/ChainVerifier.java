package dev.metsuke.events.proof;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows one stream's chain line by line, in ascending order of their numbers, from a known head: each hash is computed
 * anew, must be the one the line claims, and at a seal the one sealed. The first thing that is wrong is the finding; what
 * comes later only helps to name it. Holds a few lines at most. Not safe for several threads.
 */
public final class ChainVerifier {

    /** So many lines behind a wrong one are looked at for the one that belongs in its place. */
    static final int LOOK_AHEAD = 1_000;

    private final MessageDigest sha256 = Sha256.digest();
    private final String stream;
    private final long first;
    private final List<Seal> seals;
    private int nextSeal;
    private long sequence;
    private byte[] hash;
    private byte[] hashBefore;
    private long listed;
    private @Nullable Seal before;
    private @Nullable FoundLine last;
    /** It claims the same place as the last line, and follows as well. */
    private @Nullable FoundLine rival;
    /** It seals another line of the last number. */
    private @Nullable Seal unmet;
    /** The first wrong line, and what came behind it. */
    private @Nullable List<FoundLine> suspects;

    private @Nullable Finding finding;

    /**
     * A verifier of what follows a head.
     *
     * @param start the line before the first, as it is known: a seal's, or {@link ChainHead#GENESIS}
     * @param sealedStart the seal that says so, if one does
     * @param seals believed ones of lines behind it, in their order
     */
    public ChainVerifier(String stream, ChainHead start, @Nullable Seal sealedStart, List<Seal> seals) {
        this.stream = stream;
        this.first = start.sequence() + 1;
        this.sequence = start.sequence();
        this.hash = HexFormat.of().parseHex(start.hash());
        this.hashBefore = hash;
        this.before = sealedStart;
        this.seals = SealList.copyOf(seals);
    }

    /** Whether the finding is made, and further lines would not change it. */
    public boolean isDone() {
        return finding != null;
    }

    /** Whether something is wrong that further lines would help to name; {@link #end} names it without them. */
    public boolean hasDoubt() {
        return suspects != null || unmet != null || rival != null;
    }

    /** The next line that was found. */
    public void next(FoundLine line) {
        if (finding != null) {
            return;
        }
        if (unmet != null) {
            settleUnmet(unmet, line);
            return;
        }
        List<FoundLine> wrong = suspects;
        if (wrong != null) {
            wrong.add(line);
            if (wrong.size() > LOOK_AHEAD) {
                examine(wrong);
            }
            return;
        }
        if (line.sequence() <= sequence) {
            again(line);
        } else if (line.sequence() > sequence + 1) {
            settleRival(null);
            found(new Finding.Missing(sequence + 1, line.sequence() - 1, last, line));
        } else {
            follow(line);
        }
    }

    /** The next line, of which only the leaf is known. */
    public void omitted(byte[] leaf) {
        if (unmet != null) {
            settleUnmet(unmet, null);
        }
        if (finding == null) {
            advance(leaf);
            last = null;
            checkSeal();
        }
    }

    /** A document that claims to be of the stream but cannot be read. */
    public void unreadable(String origin) {
        found(new Finding.Unreadable(origin));
    }

    /** No more lines come. */
    public StreamVerdict end() {
        if (suspects != null) {
            examine(suspects);
        }
        if (unmet != null) {
            settleUnmet(unmet, null);
        }
        if (finding == null) {
            settleRival(null);
        }
        if (finding == null && nextSeal < seals.size()) {
            found(new Finding.Missing(sequence + 1, seals.getLast().head().sequence(), last, null));
        }
        return new StreamVerdict(
                stream,
                first,
                sequence,
                listed,
                before == null ? 0 : before.head().sequence(),
                nextSeal,
                before,
                nextSeal < seals.size() ? seals.get(nextSeal) : null,
                finding);
    }

    private void follow(FoundLine line) {
        byte[] leaf = line.leaf(sha256);
        sha256.update(hash);
        byte[] next = sha256.digest(leaf);
        FoundLine twin = rival;
        if (!line.hasHash(next) && twin != null && follows(line, twin.hash())) {
            // The line that came first is the one that does not belong.
            found(new Finding.Added(Objects.requireNonNull(last), twin));
            return;
        }
        if (!line.hasHash(next)) {
            suspects = new ArrayList<>(List.of(line));
            return;
        }
        settleRival(last);
        if (finding != null) {
            return;
        }
        take(next);
        listed++;
        last = line;
        checkSeal();
    }

    private void advance(byte[] leaf) {
        sha256.update(hash);
        take(sha256.digest(leaf));
    }

    private void take(byte[] next) {
        hashBefore = hash;
        hash = next;
        sequence++;
    }

    /** A second line of a number that was there already, or one that comes too late. */
    private void again(FoundLine line) {
        FoundLine genuine = last;
        if (line.sequence() == sequence && genuine != null && follows(line, hashBefore) && !isSealed()) {
            rival = line;
        } else {
            found(new Finding.Added(line, genuine != null && genuine.sequence() == line.sequence() ? genuine : null));
        }
    }

    private boolean isSealed() {
        return before != null && before.head().sequence() == sequence;
    }

    /** Of two lines that both follow, the one that nothing follows does not belong. */
    private void settleRival(@Nullable FoundLine genuine) {
        if (rival != null && finding == null) {
            found(new Finding.Added(rival, genuine));
        }
    }

    private boolean follows(FoundLine line, byte @Nullable [] previous) {
        if (previous == null) {
            return false;
        }
        byte[] leaf = line.leaf(sha256);
        sha256.update(previous);
        return line.hasHash(sha256.digest(leaf));
    }

    private void checkSeal() {
        if (nextSeal == seals.size() || seals.get(nextSeal).head().sequence() > sequence) {
            return;
        }
        Seal seal = seals.get(nextSeal);
        if (!HexFormat.of().formatHex(hash).equals(seal.head().hash())) {
            unmet = seal;
            return;
        }
        before = seal;
        nextSeal++;
    }

    /** The sealed line may come yet, behind one that was added in its place. */
    private void settleUnmet(Seal seal, @Nullable FoundLine line) {
        FoundLine standing = last;
        if (line != null
                && standing != null
                && line.sequence() == sequence
                && line.hasHash(HexFormat.of().parseHex(seal.head().hash()))
                && follows(line, hashBefore)) {
            found(new Finding.Added(standing, line));
        } else {
            long from = before == null ? first : before.head().sequence() + 1;
            found(new Finding.Rewritten(from, sequence, seal));
        }
    }

    /** Names what is wrong with the first of the suspects, by what came behind it. */
    private void examine(List<FoundLine> wrong) {
        FoundLine line = wrong.getFirst();
        for (FoundLine other : wrong.subList(1, wrong.size())) {
            if (other.sequence() == line.sequence() && follows(other, hash)) {
                found(new Finding.Added(line, other));
                return;
            }
        }
        for (FoundLine other : wrong.subList(1, wrong.size())) {
            if (other.sequence() != line.sequence() && belongsAt(other, line)) {
                found(new Finding.Reordered(line, other));
                return;
            }
        }
        found(new Finding.Changed(line, last));
    }

    /** Whether the other's content, put into the line's place, follows; by the hash of either, whichever moved along. */
    private boolean belongsAt(FoundLine other, FoundLine line) {
        byte[] leaf = other.leafAt(line.sequence(), sha256);
        sha256.update(hash);
        byte[] there = sha256.digest(leaf);
        return line.hasHash(there) || other.hasHash(there);
    }

    private void found(Finding what) {
        if (finding == null) {
            finding = what;
            suspects = null;
        }
    }

    /** The head that was reached. */
    public ChainHead head() {
        return new ChainHead(sequence, HexFormat.of().formatHex(hash));
    }

    /** Whether the head that was reached is the one sealed. */
    public boolean isAt(Seal seal) {
        return seal.stream().equals(stream)
                && seal.head().sequence() == sequence
                && Arrays.equals(HexFormat.of().parseHex(seal.head().hash()), hash);
    }
}
