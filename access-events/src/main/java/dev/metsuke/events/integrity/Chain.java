package dev.metsuke.events.integrity;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.access.Integrity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Appends events to a stream's hash chain: {@code leaf = SHA-256(canonical event without metsuke.integrity.hash)},
 * {@code hash = SHA-256(previous hash ‖ leaf)}. Not safe for several threads; a stream has one writer.
 */
public final class Chain {

    private final String stream;
    private final MessageDigest sha256 = sha256();
    private ChainHead head;
    private byte[] headHash;

    public Chain(String stream, ChainHead head) {
        this.stream = stream;
        this.head = head;
        this.headHash = head.hashBytes();
    }

    public String stream() {
        return stream;
    }

    public ChainHead head() {
        return head;
    }

    /** The event's final bytes, its link in them; the head moves on to it. */
    public byte[] append(AccessEvent event) {
        long sequence = head.sequence() + 1;
        AccessEventJson.Encoded unlinked =
                AccessEventJson.encodeForChain(event.withIntegrity(new Integrity(stream, sequence, null)));
        byte[] leaf = sha256.digest(unlinked.bytes());
        sha256.update(headHash);
        headHash = sha256.digest(leaf);
        String hash = HexFormat.of().formatHex(headHash);
        head = new ChainHead(sequence, hash);
        return unlinked.withHash(hash);
    }

    /** The hash that follows {@code previous} when an event with this leaf comes next. */
    public static byte[] next(byte[] previous, byte[] leaf) {
        MessageDigest digest = sha256();
        digest.update(previous);
        return digest.digest(leaf);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
