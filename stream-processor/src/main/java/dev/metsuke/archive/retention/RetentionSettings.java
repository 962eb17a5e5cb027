package dev.metsuke.archive.retention;

import dev.metsuke.events.archive.ArchiveIndex;
import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings {@code archive.retention}: how long documents stay.
 *
 * @param years how many years after the end of its month an index stays
 * @param kinds what differs, by kind
 * @param checkInterval how often past months are closed and expired ones deleted
 * @param snapshotPolicy of Elasticsearch's snapshot lifecycle: a snapshot of it must have an index before it is deleted;
 *     needs index lifecycle management
 */
public record RetentionSettings(
        @Default("10") int years,
        Map<ArchiveIndex, Integer> kinds,
        @Default("1h") Duration checkInterval,
        @Nullable String snapshotPolicy) {

    private static final int MOST_YEARS = 1_000;

    public RetentionSettings {
        kinds = Map.copyOf(kinds);
        Check.that()
                .holds(isSensible(years), "years must be 1 to " + MOST_YEARS + ", not " + years)
                .holds(
                        kinds.values().stream().allMatch(RetentionSettings::isSensible),
                        "kinds must have 1 to " + MOST_YEARS + " years each, not " + kinds.values())
                .holds(checkInterval.isPositive(), "check-interval must be more than zero, not " + checkInterval)
                .holds(
                        snapshotPolicy == null || !snapshotPolicy.isBlank(),
                        "snapshot-policy must not be blank; leave it out where there is none")
                .orThrow();
    }

    /** How many years a kind is kept. */
    public int years(ArchiveIndex kind) {
        return kinds.getOrDefault(kind, years);
    }

    /** From when on a kind's index of a month need not be kept. */
    public Instant expiry(ArchiveIndex kind, YearMonth month) {
        return month.plusMonths(1)
                .plusYears(years(kind))
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static boolean isSensible(int count) {
        return count >= 1 && count <= MOST_YEARS;
    }
}
