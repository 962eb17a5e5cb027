package dev.metsuke.events.topic;

import dev.metsuke.events.json.WellFormedText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What {@code metsuke.rejected} holds of a record that is refused: its bytes, as far as Kafka takes them, and why. */
public final class RejectedValue {

    private static final int LONGEST_REASON = 500;

    /** What is kept of bytes that with their headers are too large. */
    private static final int BEGINNING = 256 * 1024;

    /** Has room in a request of Kafka's default size, key and headers included. */
    private static final int SURELY_TAKEN = 1_000_000;

    private final byte @Nullable [] bytes;
    private final String reason;

    private RejectedValue(byte @Nullable [] bytes, String reason) {
        this.bytes = bytes;
        this.reason = reason;
    }

    /** With all of the bytes. */
    public static RejectedValue whole(byte @Nullable [] bytes, String reason) {
        return new RejectedValue(bytes, shortened(reason));
    }

    /** With no more of the bytes than Kafka takes by default. */
    public static RejectedValue fitting(byte[] bytes, String reason) {
        RejectedValue whole = whole(bytes, reason);
        return bytes.length <= SURELY_TAKEN ? whole : whole.beginning();
    }

    /** The same with so much of the bytes that Kafka takes them in any case. */
    public RejectedValue beginning() {
        if (bytes == null || bytes.length <= BEGINNING) {
            return this;
        }
        return new RejectedValue(
                Arrays.copyOf(bytes, BEGINNING),
                reason + " (only the first " + BEGINNING + " of its " + bytes.length
                        + " bytes fit here; the whole stands at its origin)");
    }

    /** A reason may quote what the record holds. */
    public static String shortened(String reason) {
        return WellFormedText.beginning(reason, LONGEST_REASON);
    }

    public byte @Nullable [] bytes() {
        return bytes;
    }

    public String reason() {
        return reason;
    }
}
