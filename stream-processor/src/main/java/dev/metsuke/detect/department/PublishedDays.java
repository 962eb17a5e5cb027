package dev.metsuke.detect.department;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all partitions published, added up; one thread hears of it, and every partition's detector reads. */
public final class PublishedDays {

    private final Map<DayKey, Map<Integer, DepartmentDay>> days = new HashMap<>();
    private final Map<DayKey, Long> changedAt = new HashMap<>();
    private final NavigableMap<Long, DayKey> changes = new TreeMap<>();
    private volatile long version;

    /** How often anything has changed. */
    public long version() {
        return version;
    }

    /** The days that changed after a version, in their latest state; a day that was forgotten is null. */
    public synchronized Changes changedSince(long before) {
        Map<DayKey, @Nullable DepartmentDay> latest = new HashMap<>();
        for (DayKey key : changes.tailMap(before, false).values()) {
            Collection<DepartmentDay> parts = days.getOrDefault(key, Map.of()).values();
            latest.put(key, parts.isEmpty() ? null : parts.stream().reduce(DepartmentDay.NOTHING, DepartmentDay::with));
        }
        return new Changes(version, latest);
    }

    synchronized void take(DayKey key, int partition, @Nullable DepartmentDay day) {
        Map<Integer, DepartmentDay> parts = days.computeIfAbsent(key, added -> new HashMap<>());
        if (day == null) {
            parts.remove(partition);
        } else {
            parts.put(partition, day);
        }
        long next = version + 1;
        Long known = changedAt.put(key, next);
        if (known != null) {
            changes.remove(known);
        }
        changes.put(next, key);
        version = next;
    }

    /**
     * What changed.
     *
     * @param version until which version
     * @param days by department and date; null where a day was forgotten
     */
    public record Changes(long version, Map<DayKey, @Nullable DepartmentDay> days) {}
}
