package dev.metsuke.events.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** An event's canonical bytes, complete but for the hash that links it into its stream's chain. */
public final class UnlinkedEvent {

    /** Holds the hash's place in the text until it is known. */
    static final String HASH_TO_COME = "?".repeat(64);

    private static final String HASH_NAME = "\"hash\":";
    /** The member, and the comma behind it: {@code metsuke.integrity} has more members, and hash sorts first. */
    private static final int MEMBER_LENGTH = HASH_NAME.length() + HASH_TO_COME.length() + 3;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int behindMember;
    private final byte[] leaf;

    /** Takes the array as it is. */
    UnlinkedEvent(byte[] bytes, int behindMember, MessageDigest sha256) {
        this.bytes = bytes;
        this.behindMember = behindMember;
        sha256.update(bytes, 0, behindMember - MEMBER_LENGTH);
        sha256.update(bytes, behindMember, bytes.length - behindMember);
        this.leaf = sha256.digest();
    }

    /** In bytes, the hash among them. */
    public int length() {
        return bytes.length;
    }

    /** Feeds a digest with the leaf: the SHA-256 of the event without {@code metsuke.integrity.hash}. */
    public void leafTo(MessageDigest digest) {
        digest.update(leaf);
    }

    /** The event's final bytes; what this object held is theirs now. */
    public byte[] link(byte[] hash) {
        int at = behindMember - 2 - HASH_TO_COME.length();
        for (byte part : hash) {
            bytes[at++] = DIGITS[(part >> 4) & 0xF];
            bytes[at++] = DIGITS[part & 0xF];
        }
        return bytes;
    }
}
