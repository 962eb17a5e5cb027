package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.department.DayKey;
import dev.metsuke.detect.department.DepartmentDay;
import dev.metsuke.detect.department.PublishedDays;
import dev.metsuke.detect.policy.UnusualPolicy;
import dev.metsuke.detect.state.CompactReader;
import dev.metsuke.detect.state.CompactWriter;
import dev.metsuke.detect.state.Interval;
import dev.metsuke.detect.state.StateKey;
import dev.metsuke.detect.state.StateStores;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The departments' days by which one partition's accounts are judged: a copy of what all partitions published. It is
 * durable, and taken anew together with the judgements that rest on it, so that none is left behind by a restart.
 */
final class PeerDays {

    /** For how many dates it is learnt what is usual for a department. */
    static final long DATES = 28;

    /** A date is over in every zone so many days of UTC after it began there. */
    private static final long DAYS_UNTIL_OVER = 2;

    /** So many departments at a time, since each may let many accounts be judged anew. */
    private static final int DEPARTMENTS_AT_A_TIME = 10;

    private static final String STORE = "bulk-read-peer-days";

    private final KeyValueStore<Bytes, byte[]> store;
    private final PublishedDays published;
    private final UnusualPolicy policy;
    private final Duration pause;
    private final Map<String, NavigableMap<Long, DepartmentDay>> daysByDepartment = new HashMap<>();
    private final Map<String, Map<Long, DepartmentUsual>> usualByDepartment = new HashMap<>();
    private final Map<String, Map<Long, @Nullable DepartmentDay>> waiting = new TreeMap<>();
    private final Map<String, Instant> readyAt = new HashMap<>();
    private long seen;

    PeerDays(ProcessingContext context, PublishedDays published, UnusualPolicy policy) {
        this.store = StateStores.find(context, STORE);
        this.published = published;
        this.policy = policy;
        this.pause = Interval.DEPARTMENTS.of(context);
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> storeBuilder(StateStores state) {
        return state.plain(STORE);
    }

    /** By bound, the first day of UTC that is not closed; nothing is known of nobody's department. */
    LongFunction<DepartmentUsual> of(@Nullable String department) {
        if (department == null) {
            return bound -> DepartmentUsual.UNKNOWN;
        }
        return bound -> usualByDepartment
                .computeIfAbsent(department, known -> new HashMap<>())
                .computeIfAbsent(bound, until -> usual(days(department), until));
    }

    /**
     * Takes over what changed.
     *
     * @param judgedUntil of a department, from which bound on none of its accounts is judged by it
     * @param changed takes what became different
     */
    void takeOver(Instant now, ToLongFunction<String> judgedUntil, OnChange changed) {
        if (published.version() != seen) {
            PublishedDays.Changes changes = published.changedSince(seen);
            changes.days()
                    .forEach((key, day) -> waiting.computeIfAbsent(key.department(), added -> new TreeMap<>())
                            .put(key.date(), day));
            seen = changes.version();
        }
        if (waiting.isEmpty()) {
            return;
        }
        List<String> ready = waiting.keySet().stream()
                .filter(department -> !now.isBefore(readyAt.getOrDefault(department, Instant.MIN)))
                .limit(DEPARTMENTS_AT_A_TIME)
                .toList();
        for (String department : ready) {
            Map<Long, @Nullable DepartmentDay> latest = new TreeMap<>(waiting.remove(department));
            readyAt.put(department, now.plus(pause));
            NavigableMap<Long, Long> leastByBound = takeOver(department, latest, judgedUntil.applyAsLong(department));
            if (!leastByBound.isEmpty()) {
                changed.accept(department, leastByBound);
            }
        }
        readyAt.values().removeIf(until -> !until.isAfter(now));
    }

    private NavigableMap<Long, Long> takeOver(
            String department, Map<Long, @Nullable DepartmentDay> latest, long judgedUntil) {
        NavigableMap<Long, DepartmentDay> before = days(department);
        NavigableMap<Long, DepartmentDay> after = new TreeMap<>(before);
        TreeMap<Long, Boolean> bounds = new TreeMap<>();
        latest.forEach((date, day) -> {
            Bytes key = new DayKey(department, date).bytes();
            if (day == null) {
                // Forgotten: nothing that rests on it is judged again.
                store.delete(key);
                after.remove(date);
            } else if (!day.equals(before.get(date))) {
                CompactWriter out = new CompactWriter();
                day.write(out);
                store.put(key, out.bytes());
                after.put(date, day);
                for (long bound = date + DAYS_UNTIL_OVER; bound < date + DAYS_UNTIL_OVER + DATES; bound++) {
                    bounds.put(bound, true);
                }
            }
        });
        LongFunction<DepartmentUsual> usualBefore = of(department);
        List<Long> mattering = List.copyOf(bounds.headMap(judgedUntil).keySet());
        List<DepartmentUsual> known = mattering.stream().map(usualBefore::apply).toList();
        daysByDepartment.put(department, after);
        usualByDepartment.remove(department);
        LongFunction<DepartmentUsual> usualNow = of(department);
        NavigableMap<Long, Long> leastByBound = new TreeMap<>();
        for (int i = 0; i < known.size(); i++) {
            long bound = mattering.get(i);
            DepartmentUsual one = known.get(i);
            DepartmentUsual other = usualNow.apply(bound);
            if (!one.equals(other)) {
                leastByBound.put(bound, one.hasLimitsOf(other) ? Long.MAX_VALUE : Math.min(one.least(), other.least()));
            }
        }
        return leastByBound;
    }

    private DepartmentUsual usual(NavigableMap<Long, DepartmentDay> days, long bound) {
        long until = bound - DAYS_UNTIL_OVER;
        return DepartmentUsual.of(days.subMap(until - DATES, false, until, true).values(), policy);
    }

    private NavigableMap<Long, DepartmentDay> days(String department) {
        return daysByDepartment.computeIfAbsent(department, this::read);
    }

    private NavigableMap<Long, DepartmentDay> read(String department) {
        NavigableMap<Long, DepartmentDay> days = new TreeMap<>();
        StateKey all = StateKey.ofText(department);
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(all.first(), all.last())) {
            entries.forEachRemaining(
                    entry -> days.put(DayKey.of(entry.key).date(), DepartmentDay.read(new CompactReader(entry.value))));
        }
        return days;
    }

    /** Takes what is usual for a department where it became different. */
    interface OnChange {

        /**
         * Called once for a department.
         *
         * @param leastByBound by bound, the least number that may be too much before or now and not both times; the
         *     largest of all where nothing but the words differ
         */
        void accept(String department, NavigableMap<Long, Long> leastByBound);
    }
}
