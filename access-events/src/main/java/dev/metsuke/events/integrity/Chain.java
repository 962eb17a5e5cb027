package dev.metsuke.events.integrity;

import dev.metsuke.events.access.UnlinkedEvent;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A stream's hash chain: {@code leaf = SHA-256(canonical event without metsuke.integrity.hash)},
 * {@code hash = SHA-256(previous hash ‖ leaf)}. Links what a {@link StreamWriter} wrote, in the same order. Not safe for
 * several threads; a stream has one chain.
 */
public final class Chain {

    private final MessageDigest sha256 = Sha256.digest();
    private long sequence;
    private byte[] hash;

    public Chain(ChainHead head) {
        this.sequence = head.sequence();
        this.hash = head.hashBytes();
    }

    public ChainHead head() {
        return new ChainHead(sequence, HexFormat.of().formatHex(hash));
    }

    /** The event's final bytes, its link in them; the head moves on to it. */
    public byte[] link(UnlinkedEvent event) {
        sha256.update(hash);
        event.leafTo(sha256);
        hash = sha256.digest();
        sequence++;
        return event.link(hash);
    }

    /** The hash that follows {@code previous} when an event with this leaf comes next. */
    public static byte[] next(byte[] previous, byte[] leaf) {
        MessageDigest digest = Sha256.digest();
        digest.update(previous);
        return digest.digest(leaf);
    }
}
