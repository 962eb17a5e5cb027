package dev.metsuke.shipper.tail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long a file must not have grown.
 *
 * @param restNanos until a record counts as complete that may go on in further lines
 * @param flushNanos until what it ends with is taken for a record, though its line has no end
 */
public record Patience(long restNanos, long flushNanos) {

    private static final long FOR_EVER = Long.MAX_VALUE;

    /** Without a time for the second, a line is waited for however long it takes. */
    public static Patience of(Duration rest, @Nullable Duration flush) {
        return new Patience(rest.toNanos(), flush == null ? FOR_EVER : flush.toNanos());
    }

    boolean isForEver() {
        return flushNanos == FOR_EVER;
    }
}
