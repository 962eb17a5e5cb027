package dev.metsuke.events.integrity;

import java.util.HexFormat;

/**
 * The last link of a stream's chain.
 *
 * @param sequence how many events the chain holds
 * @param hash the last event's hash in hexadecimal
 */
public record ChainHead(long sequence, String hash) {

    /** Before the first event: 32 zero bytes. */
    public static final ChainHead GENESIS = new ChainHead(0, "0".repeat(64));

    public ChainHead {
        if (sequence < 0) {
            throw new IllegalArgumentException("a chain cannot hold " + sequence + " events");
        }
        if (hash.length() != 64 || !hash.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("not a SHA-256 in hexadecimal: " + hash);
        }
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }
}
