package dev.metsuke.archive.verify;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.ChainFragments;
import dev.metsuke.events.proof.ChainVerifier;
import dev.metsuke.events.proof.SealTrail;
import dev.metsuke.events.seal.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is to be verified.
 *
 * @param stream the stream
 * @param trail its seals, judged
 * @param start the seal behind which it is verified; from its beginning where absent
 * @param ahead the seals up to which it is verified
 * @param andTail whether what stands behind the last of them is verified as well
 */
record StreamTask(String stream, SealTrail trail, @Nullable Seal start, List<Seal> ahead, boolean andTail) {

    ChainHead head() {
        return start == null ? ChainHead.GENESIS : start.head();
    }

    /** The last line that must be there. */
    long knownEnd() {
        return ahead.isEmpty() ? head().sequence() : ahead.getLast().head().sequence();
    }

    ChainFragments fragments() {
        return new ChainFragments(stream, head(), start, ahead);
    }

    ChainVerifier verifier() {
        return new ChainVerifier(stream, head(), start, ahead);
    }
}
