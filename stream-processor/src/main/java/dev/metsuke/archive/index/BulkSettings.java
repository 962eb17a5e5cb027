package dev.metsuke.archive.index;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;

/**
 * Settings {@code archive.bulk}: how documents are sent.
 *
 * @param bytes a bulk is sent when its documents have so many bytes
 * @param documents or when it has so many documents
 * @param linger or when its first document has waited so long
 * @param inFlight how many bulks are under way at most; with {@code bytes} it bounds the memory
 * @param retryMaxBackoff the longest wait before a bulk is tried again; waits are random up to a limit that doubles
 * @param requestTimeout how long a node may be silent; then the next one is asked, and after the last one the bulk counts as
 *     failed and is tried again
 */
public record BulkSettings(
        @Default("5242880") int bytes,
        @Default("5000") int documents,
        @Default("200ms") Duration linger,
        @Default("4") int inFlight,
        @Default("15s") Duration retryMaxBackoff,
        @Default("60s") Duration requestTimeout) {

    public BulkSettings {
        Check.that()
                .holds(bytes >= 1, "bytes must be 1 or more, not " + bytes)
                .holds(documents >= 1, "documents must be 1 or more, not " + documents)
                .holds(!linger.isNegative(), "linger must not be negative, but is " + linger)
                .holds(inFlight >= 1, "in-flight must be 1 or more, not " + inFlight)
                .holds(
                        retryMaxBackoff.compareTo(Backoff.FIRST) >= 0,
                        "retry-max-backoff must be " + Backoff.FIRST.toMillis() + "ms or more, not " + retryMaxBackoff)
                .holds(requestTimeout.isPositive(), "request-timeout must be more than zero, not " + requestTimeout)
                .orThrow();
    }
}
