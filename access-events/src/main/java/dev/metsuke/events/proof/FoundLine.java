package dev.metsuke.events.proof;

import dev.metsuke.events.access.AccessEvent;
import dev.metsuke.events.access.AccessEventJson;
import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line of a stream as it was found somewhere: the event's bytes, and the place in the chain that they claim. Nothing of
 * it is believed yet.
 */
public final class FoundLine {

    private static final byte[] MEMBER = ascii("integrity\":{\"hash\":\"");
    private static final byte[] HASH_NAME = ascii("\"hash\":\"");
    private static final byte[] BEHIND_HASH = ascii("\",\"sequence\":");
    private static final byte[] BEHIND_SEQUENCE = ascii(",\"stream\":\"");
    private static final int HASH_DIGITS = 64;
    private static final int LONGEST_SEQUENCE = 18;

    private final byte[] json;
    private final Supplier<String> origin;
    private final int hashAt;
    private final int sequenceAt;
    private final int sequenceEnd;
    private final long sequence;
    private final int streamAt;
    private final int streamEnd;

    private FoundLine(
            byte[] json,
            Supplier<String> origin,
            int hashAt,
            int sequenceEnd,
            long sequence,
            int streamAt,
            int streamEnd) {
        this.json = json;
        this.origin = origin;
        this.hashAt = hashAt;
        this.sequenceAt = hashAt + HASH_DIGITS + BEHIND_HASH.length;
        this.sequenceEnd = sequenceEnd;
        this.sequence = sequence;
        this.streamAt = streamAt;
        this.streamEnd = streamEnd;
    }

    /**
     * Reads the place in the chain out of an event's bytes; takes the array as it is.
     *
     * @param origin where they were found, such as {@code document ID in INDEX}; hardly ever asked
     * @return null where there is none in them of the canonical form, which every event has that a shipper sent
     */
    public static @Nullable FoundLine of(byte[] json, Supplier<String> origin) {
        int hashAt = hashAt(json);
        int sequenceAt = hashAt + HASH_DIGITS + BEHIND_HASH.length;
        if (hashAt < 0 || !isAt(json, hashAt + HASH_DIGITS, BEHIND_HASH)) {
            return null;
        }
        int end = sequenceAt;
        long sequence = 0;
        while (end < json.length && end - sequenceAt < LONGEST_SEQUENCE && json[end] >= '0' && json[end] <= '9') {
            sequence = sequence * 10 + (json[end++] - '0');
        }
        if (end == sequenceAt || !isAt(json, end, BEHIND_SEQUENCE)) {
            return null;
        }
        int streamAt = end + BEHIND_SEQUENCE.length;
        int streamEnd = streamAt;
        while (streamEnd < json.length && json[streamEnd] != '"') {
            if (json[streamEnd] == '\\') {
                return null;
            }
            streamEnd++;
        }
        return new FoundLine(json, origin, hashAt, end, sequence, streamAt, streamEnd);
    }

    /**
     * The last place that looks like the hash's. Which one it is does not matter: all bytes but those of the hash there are
     * in the leaf, so only the shipper's own bytes with its own hash at its own place can have its leaf.
     */
    private static int hashAt(byte[] json) {
        for (int at = json.length - MEMBER.length - HASH_DIGITS; at > 0; at--) {
            if (json[at] == 'i' && json[at - 1] == '"' && isAt(json, at, MEMBER)) {
                return at + MEMBER.length;
            }
        }
        return -1;
    }

    /** In the order of the stream; 1 for its first. */
    public long sequence() {
        return sequence;
    }

    public String stream() {
        return new String(json, streamAt, streamEnd - streamAt, StandardCharsets.UTF_8);
    }

    /** Whether this is the {@link #stream}, in UTF-8. */
    public boolean isOf(byte[] stream) {
        return Arrays.equals(json, streamAt, streamEnd, stream, 0, stream.length);
    }

    /** Where it was found. */
    public String origin() {
        return origin.get();
    }

    /** The event's bytes; not a copy. */
    public byte[] json() {
        return json;
    }

    /** Where its stream's chain stood by its own word; null where that is no hash. */
    public @Nullable ChainHead head() {
        byte[] claimed = hash();
        return claimed == null ? null : new ChainHead(sequence, HexFormat.of().formatHex(claimed));
    }

    /** Whether it claims this hash. */
    boolean hasHash(byte[] hash) {
        return Arrays.equals(hash, hash());
    }

    /** The hash it claims; null where that is none, which has small letters. */
    byte @Nullable [] hash() {
        byte[] hash = new byte[HASH_DIGITS / 2];
        int wrong = 0;
        for (int i = 0; i < hash.length; i++) {
            int digits = half(json[hashAt + 2 * i]) << 4 | half(json[hashAt + 2 * i + 1]);
            wrong |= digits;
            hash[i] = (byte) digits;
        }
        return wrong < 0 ? null : hash;
    }

    /** Negative where it is none. */
    private static int half(byte digit) {
        return digit >= '0' && digit <= '9'
                ? digit - '0'
                : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : Integer.MIN_VALUE;
    }

    /** SHA-256 of the event without its hash. */
    public byte[] leaf(MessageDigest sha256) {
        sha256.update(json, 0, hashAt - HASH_NAME.length);
        int behind = hashAt + HASH_DIGITS + 2;
        sha256.update(json, behind, json.length - behind);
        return sha256.digest();
    }

    /** The leaf it would have at another place of the stream. */
    byte[] leafAt(long otherSequence, MessageDigest sha256) {
        sha256.update(json, 0, hashAt - HASH_NAME.length);
        int behind = hashAt + HASH_DIGITS + 2;
        sha256.update(json, behind, sequenceAt - behind);
        sha256.update(ascii(Long.toString(otherSequence)));
        sha256.update(json, sequenceEnd, json.length - sequenceEnd);
        return sha256.digest();
    }

    /** Where the line stood before it was shipped, as far as the event says, and where it was found. */
    String describe() {
        StringBuilder text = new StringBuilder("line ").append(sequence);
        try {
            AccessEvent event = AccessEventJson.decode(json);
            if (event.logFilePath() != null) {
                text.append(", ").append(event.logFilePath());
                if (event.logOffset() != null) {
                    text.append(" at byte ").append(event.logOffset());
                }
            }
        } catch (MalformedDocumentException e) {
            text.append(", which is no event any more: ").append(e.getMessage());
        }
        return text.append(", ").append(origin()).toString();
    }

    private static boolean isAt(byte[] json, int at, byte[] text) {
        int end = at + text.length;
        return at >= 0 && end <= json.length && Arrays.equals(json, at, end, text, 0, text.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
