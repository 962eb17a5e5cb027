package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Grounds;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.state.Codes;
import dev.metsuke.detect.state.Names;
import dev.metsuke.events.access.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an account read of a dataset within a minute.
 *
 * @param minute minutes since 1970
 * @param dataset the dataset, or {@link #UNNAMED}
 * @param isLate whether these reads arrived later than the policy waits for; others of the minute are a slot of their own
 * @param first when within the minute was the first read, in nanoseconds
 * @param last when within the minute was the last read, in nanoseconds
 * @param events how many reads
 * @param people whose data, as far as known
 * @param unknownRecords how many of the reads did not say how many people's data
 * @param unknownExports how many of these took the data out
 * @param actions what was done, a bit for each action
 */
record MinuteSlot(
        long minute,
        String dataset,
        boolean isLate,
        long first,
        long last,
        long events,
        People people,
        long unknownRecords,
        long unknownExports,
        long actions) {

    /** Stands for reads that do not say what they read; they count only with all datasets together. */
    static final String UNNAMED = "";

    private static final long SECONDS = 60;
    private static final long NANOS = 1_000_000_000;

    /** Few of all sets occur. */
    private static final Map<Long, Set<Action>> ACTIONS_BY_BITS = new ConcurrentHashMap<>();

    /** Whether the access reads anything. */
    static boolean counts(Access access) {
        return !access.hasFailed() && access.action().readsData();
    }

    static MinuteSlot of(Access access, Duration lateness) {
        Instant time = access.time();
        long nanos = Math.floorMod(time.getEpochSecond(), SECONDS) * NANOS + time.getNano();
        boolean isUnknown = access.records() == null;
        return new MinuteSlot(
                minuteOf(time),
                access.dataset() == null ? UNNAMED : Names.shared(access.dataset()),
                access.isLate(lateness),
                nanos,
                nanos,
                1,
                People.of(access.records(), access.subjects()),
                isUnknown ? 1 : 0,
                isUnknown && access.action().takesDataOut() ? 1 : 0,
                1L << Codes.of(access.action()));
    }

    static long minuteOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }

    static Instant startOf(long minute) {
        return Instant.ofEpochSecond(minute * SECONDS);
    }

    Instant firstTime() {
        return startOf(minute).plusNanos(first);
    }

    Instant lastTime() {
        return startOf(minute).plusNanos(last);
    }

    long hour() {
        return Math.floorDiv(minute, 60L);
    }

    long day() {
        return Math.floorDiv(minute, ReadDay.MINUTES);
    }

    /** How many people, each counted as often as read, as far as log or policy tell how many. */
    long most(BulkReadPolicy policy) {
        return Episode.sum(people.count(), peopleOfUnknown(policy));
    }

    /** How many people the reads stand for that did not say so. */
    long peopleOfUnknown(BulkReadPolicy policy) {
        Long size = unknownRecords == 0 ? null : policy.size(dataset);
        return size == null ? 0 : unknownRecords * size;
    }

    /** Whether some of the reads took out nobody knows how much. */
    boolean hasUnsizedExports(BulkReadPolicy policy) {
        return unknownExports > 0 && policy.size(dataset) == null;
    }

    /** The same reads, as if they did not say what they read. */
    MinuteSlot unnamed() {
        return new MinuteSlot(
                minute, UNNAMED, isLate, first, last, events, people, unknownRecords, unknownExports, actions);
    }

    /** Whether a read is of its dataset, and of a time between its first and its last. */
    boolean mayHold(Access access) {
        return minute == minuteOf(access.time())
                && !access.time().isBefore(firstTime())
                && !access.time().isAfter(lastTime())
                && dataset.equals(access.dataset() == null ? UNNAMED : access.dataset());
    }

    boolean isSame(MinuteSlot other) {
        return minute == other.minute && isLate == other.isLate && dataset.equals(other.dataset);
    }

    MinuteSlot with(MinuteSlot other) {
        return new MinuteSlot(
                minute,
                dataset,
                isLate,
                Math.min(first, other.first),
                Math.max(last, other.last),
                events + other.events,
                people.with(other.people),
                unknownRecords + other.unknownRecords,
                unknownExports + other.unknownExports,
                actions | other.actions);
    }

    /** As a finding that was part of a window with this peak; how many people it were is told by the episode. */
    Episode finding(Peak peak) {
        Set<Action> done = ACTIONS_BY_BITS.computeIfAbsent(actions, MinuteSlot::actionsOf);
        return new Episode(
                firstTime(),
                lastTime(),
                events,
                0,
                unknownRecords,
                0,
                isLate ? events : 0,
                done,
                peak,
                Grounds.NONE,
                List.of());
    }

    private static Set<Action> actionsOf(long bits) {
        return Set.copyOf(EnumSet.allOf(Action.class).stream()
                .filter(action -> (bits & (1L << Codes.of(action))) != 0)
                .toList());
    }
}
