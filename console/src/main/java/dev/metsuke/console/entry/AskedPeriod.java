package dev.metsuke.console.entry;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A period that somebody asks about.
 *
 * @param from its first moment; null for any before
 * @param until the first moment after it; null for any later
 * @param zone where days and times were meant that had no offset
 */
public record AskedPeriod(@Nullable Instant from, @Nullable Instant until, ZoneId zone) {

    /** Whether something that lasted from one moment to another, both its own, lies at least partly in it. */
    public boolean overlaps(Instant start, Instant end) {
        return (until == null || start.isBefore(until)) && (from == null || !end.isBefore(from));
    }
}
