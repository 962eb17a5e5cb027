package dev.metsuke.archive.retention;

import dev.metsuke.events.archive.ArchiveIndex;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * An index of the archive as Elasticsearch has it.
 *
 * @param name its name
 * @param kind what it holds
 * @param month of which month
 * @param uuid Elasticsearch's own name of it
 * @param isClosed whether it refuses writes
 * @param isHandedOver whether the cluster's lifecycle management was told to delete it
 */
record StoredIndex(
        String name, ArchiveIndex kind, YearMonth month, String uuid, boolean isClosed, boolean isHandedOver) {

    Instant monthStart() {
        return start(month);
    }

    /** The first moment after its month. */
    Instant monthEnd() {
        return start(month.plusMonths(1));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
