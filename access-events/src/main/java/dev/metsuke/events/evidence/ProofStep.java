package dev.metsuke.events.evidence;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.proof.DeletedMonths.SealedMonth;
import java.util.List;

/** What a line of the proof says. */
sealed interface ProofStep {

    /** The head is this. */
    record Start(String stream, ChainHead head) implements ProofStep {}

    /** So many of the events are the next lines. */
    record Listed(long lines) implements ProofStep {}

    /** Of the next lines only the leaves are told. */
    record Omitted(List<byte[]> leaves) implements ProofStep {

        public Omitted {
            leaves = List.copyOf(leaves);
        }
    }

    /** The head is sealed. */
    record Sealed(SealedMonth seal) implements ProofStep {}

    /** Retention deleted the next lines, from the first to the last. */
    record Deleted(long first, long last) implements ProofStep {}

    /** The next event is the line at the start itself, where only what was deleted leads to it. */
    record Unproven() implements ProofStep {}
}
