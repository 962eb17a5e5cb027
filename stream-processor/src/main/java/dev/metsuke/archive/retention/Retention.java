package dev.metsuke.archive.retention;

import dev.metsuke.archive.retention.Fate.Close;
import dev.metsuke.archive.retention.Fate.Delete;
import dev.metsuke.archive.retention.Fate.Hold;
import dev.metsuke.archive.retention.Fate.Keep;
import dev.metsuke.events.archive.ArchiveIndex;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is to become of each index; a pure function.
 *
 * @param settings how long each kind is kept
 */
record Retention(RetentionSettings settings) {

    /** How far the clocks of brokers may disagree about when a month ends. */
    static final Duration CLOCKS_AGREE = Duration.ofDays(1);

    /** For how long an alert's document may be written anew: two months, more than detection remembers. */
    static final Duration ALERTS_CHANGE = Duration.ofDays(62);

    /**
     * Decides.
     *
     * @param indices all indices of the archive
     * @param holds what keeps an index, by its name: must be there for every index that {@link #isExpired}
     * @param clock what is known of the time
     * @return by the index's name
     */
    Map<String, Fate> fates(Collection<StoredIndex> indices, Map<String, List<String>> holds, Clock clock) {
        Map<String, Fate> fates = new HashMap<>();
        YearMonth firstEvents = null;
        for (StoredIndex index : indices) {
            if (index.kind() != ArchiveIndex.SEALS) {
                Fate fate = fate(index, holds.getOrDefault(index.name(), List.of()), clock);
                fates.put(index.name(), fate);
                if (index.kind() == ArchiveIndex.ACCESS_EVENTS
                        && !(fate instanceof Delete)
                        && (firstEvents == null || index.month().isBefore(firstEvents))) {
                    firstEvents = index.month();
                }
            }
        }
        fates.putAll(fatesOfSeals(
                indices.stream()
                        .filter(index -> index.kind() == ArchiveIndex.SEALS)
                        .sorted(Comparator.comparing(StoredIndex::month))
                        .toList(),
                firstEvents,
                holds,
                clock));
        return fates;
    }

    /** They go from the oldest on, so that what is left of a stream's seals never has a gap in their numbers. */
    private Map<String, Fate> fatesOfSeals(
            List<StoredIndex> byMonth, @Nullable YearMonth firstEvents, Map<String, List<String>> holds, Clock clock) {
        Map<String, Fate> fates = new HashMap<>();
        StoredIndex staying = null;
        for (StoredIndex index : byMonth) {
            List<String> because = new ArrayList<>(holds.getOrDefault(index.name(), List.of()));
            if (firstEvents != null && !index.month().isBefore(firstEvents.minusMonths(1))) {
                because.add("the access events since " + firstEvents + ", which it proves");
            } else if (staying != null) {
                because.add(staying.name() + ", whose seals go on in it");
            }
            Fate fate = fate(index, because, clock);
            fates.put(index.name(), fate);
            if (staying == null && !(fate instanceof Delete)) {
                staying = index;
            }
        }
        return fates;
    }

    /** Whether it need not be kept any more, but for holds. */
    boolean isExpired(StoredIndex index, Clock clock) {
        return !clock.now().isBefore(expiry(index));
    }

    private Fate fate(StoredIndex index, List<String> holds, Clock clock) {
        if (isExpired(index, clock)) {
            return holds.isEmpty() ? new Delete(expiry(index)) : new Hold(holds);
        }
        return !index.isClosed() && isComplete(index, clock) ? new Close() : new Keep();
    }

    private Instant expiry(StoredIndex index) {
        return settings.expiry(index.kind(), index.month());
    }

    /** Whether nothing more can come to it, but for what is archived a second time. */
    private static boolean isComplete(StoredIndex index, Clock clock) {
        Duration late = index.kind() == ArchiveIndex.ALERTS ? ALERTS_CHANGE : CLOCKS_AGREE;
        Instant complete = index.monthEnd().plus(late);
        return !clock.now().isBefore(complete) && !clock.archivedUntil().isBefore(complete);
    }

    /**
     * What is known of the time.
     *
     * @param now the earlier of this machine's clock and the time of the newest record in Kafka, so that one clock that
     *     goes wrong deletes nothing
     * @param archivedUntil all that Kafka held at this moment is archived
     */
    record Clock(Instant now, Instant archivedUntil) {}
}
