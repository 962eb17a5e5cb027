package dev.metsuke.events.proof;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.integrity.Sha256;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealList;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a stream whose lines come in any order, and each once. A link binds but two neighbours, so lines grow together
 * to fragments, of which the outer hashes are all that must be remembered: however long the stream is, memory is as large
 * as the order is torn. In the end one fragment is left, from the known head to the last line.
 *
 * <p>Tells only whether all is well; what is wrong is named by a {@link ChainVerifier}, which needs the order. Not safe for
 * several threads.
 */
public final class ChainFragments {

    private final MessageDigest sha256 = Sha256.digest();
    private final String stream;
    private final ChainHead start;
    private final @Nullable Seal sealedStart;
    private final SealList seals;
    /** The first seal at or behind the line that came last. */
    private int nextSeal;
    /** By the number of their first line, and of their last; none touches another. */
    private final NumberMap<Fragment> byFirst = new NumberMap<>();

    private final NumberMap<Fragment> byLast = new NumberMap<>();
    private long taken;
    private boolean isBroken;

    /** Lines that follow one another. */
    private static final class Fragment {
        final byte[] firstLeaf;
        final byte[] firstHash;
        long last;
        byte[] lastHash;

        Fragment(long line, byte[] leaf, byte[] hash) {
            firstLeaf = leaf;
            firstHash = hash;
            last = line;
            lastHash = hash;
        }
    }

    /**
     * Of what follows a head.
     *
     * @param start the line before the first, as it is known: a seal's, or {@link ChainHead#GENESIS}
     * @param sealedStart the seal that says so, if one does
     * @param seals believed ones of lines behind it, in their order
     */
    public ChainFragments(String stream, ChainHead start, @Nullable Seal sealedStart, List<Seal> seals) {
        this.stream = stream;
        this.start = start;
        this.sealedStart = sealedStart;
        this.seals = SealList.copyOf(seals);
        byte[] hash = HexFormat.of().parseHex(start.hash());
        Fragment head = new Fragment(start.sequence(), hash, hash);
        byFirst.put(start.sequence(), head);
        byLast.put(start.sequence(), head);
        long before = start.sequence();
        for (int i = 0; i < this.seals.size(); i++) {
            // Two seals of one line, or one of the start, are a case for the verifier.
            long line = this.seals.line(i);
            isBroken |= line <= before;
            before = line;
        }
    }

    /** Whether something is wrong, so that further lines do not matter. */
    public boolean isBroken() {
        return isBroken;
    }

    /**
     * A line behind the start.
     *
     * @param leaf {@link FoundLine#leaf} of it
     */
    public void take(FoundLine line, byte[] leaf) {
        byte[] hash = line.hash();
        if (isBroken || hash == null) {
            isBroken = true;
            return;
        }
        long number = line.sequence();
        if (number <= start.sequence() || !isAsSealed(number, hash)) {
            isBroken = true;
            return;
        }
        taken++;
        Fragment left = byLast.remove(number - 1);
        Fragment right = byFirst.remove(number + 1);
        isBroken = (left != null && !follows(left.lastHash, leaf, hash))
                || (right != null && !follows(hash, right.firstLeaf, right.firstHash));
        Fragment grown = left == null ? new Fragment(number, leaf, hash) : left;
        grown.last = right == null ? number : right.last;
        grown.lastHash = right == null ? hash : right.lastHash;
        // A line that comes again at an end of a fragment meets itself here; inside of one it stays a fragment of its
        // own.
        isBroken |= left == null && byFirst.put(number, grown) != null;
        isBroken |= byLast.put(grown.last, grown) != right;
    }

    private boolean isAsSealed(long number, byte[] hash) {
        int place = sealOf(number);
        return place < 0 || seals.get(place).head().hash().equals(HexFormat.of().formatHex(hash));
    }

    /** The seal of a line, or a negative number. Most lines lie between the same two seals as the one before. */
    private int sealOf(long number) {
        boolean isNear = (nextSeal == 0 || seals.line(nextSeal - 1) < number)
                && (nextSeal == seals.size() || number <= seals.line(nextSeal));
        if (!isNear) {
            nextSeal = seals.firstAtOrBehind(number);
        }
        return nextSeal < seals.size() && seals.line(nextSeal) == number ? nextSeal : -1;
    }

    private boolean follows(byte[] previous, byte[] leaf, byte[] hash) {
        sha256.update(previous);
        return Arrays.equals(hash, sha256.digest(leaf));
    }

    /** No more lines come: the verdict if all of them follow and all seals are met; null otherwise. */
    public @Nullable StreamVerdict whole() {
        Fragment head = byFirst.get(start.sequence());
        long last = head == null ? 0 : head.last;
        if (isBroken
                || byFirst.size() > 1
                || taken != last - start.sequence()
                || (!seals.isEmpty() && seals.getLast().head().sequence() > last)) {
            return null;
        }
        Seal met = seals.isEmpty() ? sealedStart : seals.getLast();
        return new StreamVerdict(
                stream,
                start.sequence() + 1,
                last,
                last - start.sequence(),
                met == null ? 0 : met.head().sequence(),
                seals.size(),
                met,
                null,
                null);
    }
}
