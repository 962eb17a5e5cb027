package dev.metsuke.shipper;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a shipper has committed since it started.
 *
 * @param sources by name
 * @param transactions how many were committed
 * @param caughtUpAsOf when the last scan began after which nothing was left to read or to commit but unfinished bytes; absent while
 *     there is
 */
public record ShipperStats(Map<String, SourceStats> sources, long transactions, Optional<Instant> caughtUpAsOf) {

    public ShipperStats {
        sources = Map.copyOf(sources);
    }

    /** Records read; always the sum of events, rejected and ignored. */
    public long lines() {
        return sources.values().stream().mapToLong(SourceStats::lines).sum();
    }

    public long events() {
        return sources.values().stream().mapToLong(SourceStats::events).sum();
    }

    public long rejected() {
        return sources.values().stream().mapToLong(SourceStats::rejected).sum();
    }

    public long ignored() {
        return sources.values().stream().mapToLong(SourceStats::ignored).sum();
    }

    /** Whether every file was read to its end, and all of it is committed; {@link #unfinishedBytes} tell what is no record yet. */
    public boolean caughtUp() {
        return caughtUpAsOf.isPresent();
    }

    /** Bytes at the ends of files that wait for the end of their line or record. */
    public long unfinishedBytes() {
        return sources.values().stream().mapToLong(SourceStats::unfinishedBytes).sum();
    }

    /**
     * One source's share. A record that spans lines counts as one.
     *
     * @param lines read
     * @param events sent as accesses
     * @param rejected sent to {@code metsuke.rejected}
     * @param ignoredByReason well formed, but no access
     * @param bytes of the lines
     * @param unreadBytes known to lie in files, not yet committed
     * @param unfinishedBytes those of them that wait for the end of their line or record
     */
    public record SourceStats(
            long lines,
            long events,
            long rejected,
            Map<String, Long> ignoredByReason,
            long bytes,
            long unreadBytes,
            long unfinishedBytes) {

        public SourceStats {
            ignoredByReason = Map.copyOf(ignoredByReason);
        }

        public long ignored() {
            return ignoredByReason.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
