package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.bulkread.ReadScope.Reach;
import dev.metsuke.detect.episode.Peak;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Reads, and which of them are too much.
 *
 * @param slots the reads
 * @param minutes by scope the minutes in which it was too much
 */
record FlaggedReads(List<MinuteSlot> slots, Map<ReadScope, Map<Long, Peak>> minutes) {

    /** By minute. */
    Map<Long, Peak> peaks(ReadScope scope) {
        return minutes.getOrDefault(scope, Map.of());
    }

    boolean isFlagged(ReadScope scope, long minute) {
        return peaks(scope).containsKey(minute);
    }

    /** Those from one to another, both included, in their order. */
    PrimitiveIterator.OfLong minutesOf(ReadScope scope, long first, long last) {
        return peaks(scope).keySet().stream()
                .mapToLong(Long::longValue)
                .filter(minute -> minute >= first && minute <= last)
                .sorted()
                .iterator();
    }

    List<MinuteSlot> parts(ReadScope scope, long first, long last) {
        Map<Long, Peak> peaks = peaks(scope);
        return slots.stream()
                .filter(slot -> slot.minute() >= first && slot.minute() <= last)
                .filter(slot -> peaks.containsKey(slot.minute()) && scope.holds(slot.dataset()))
                .filter(slot -> scope.reach() != Reach.UNSIZED || slot.unknownExports() > 0)
                .toList();
    }
}
