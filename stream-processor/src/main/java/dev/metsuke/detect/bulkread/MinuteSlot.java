package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.state.Codes;
import dev.metsuke.events.access.Action;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account read of a dataset within a minute.
 *
 * @param minute minutes since 1970
 * @param dataset the dataset, or {@link #UNNAMED}
 * @param first time of the first read
 * @param last time of the last read
 * @param events how many reads
 * @param records how many people's data, as far as known; where the policy knows the dataset's size, a read that does
 *     not say counts as all of it
 * @param unknownRecords how many of the reads did not say how many people's data
 * @param actions what was done, a bit for each action
 */
record MinuteSlot(
        long minute,
        String dataset,
        Instant first,
        Instant last,
        long events,
        long records,
        long unknownRecords,
        long actions) {

    /** Stands for reads that do not say what they read; they count only with all datasets together. */
    static final String UNNAMED = "";

    static MinuteSlot of(Access access, BulkReadPolicy policy) {
        Instant time = access.time();
        String dataset = access.dataset() == null ? UNNAMED : access.dataset();
        return new MinuteSlot(
                minuteOf(time),
                dataset,
                time,
                time,
                1,
                known(access.records(), policy.size(access.dataset())),
                access.records() == null ? 1 : 0,
                1L << Codes.of(access.action()));
    }

    static long minuteOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60L);
    }

    static Instant startOf(long minute) {
        return Instant.ofEpochSecond(minute * 60);
    }

    boolean isSame(MinuteSlot other) {
        return minute == other.minute && dataset.equals(other.dataset);
    }

    MinuteSlot with(MinuteSlot other) {
        return new MinuteSlot(
                minute,
                dataset,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last,
                events + other.events,
                Episode.sum(records, other.records),
                unknownRecords + other.unknownRecords,
                actions | other.actions);
    }

    /** As a finding that was part of a window with this peak. */
    Episode finding(Peak peak) {
        Set<Action> done = EnumSet.noneOf(Action.class);
        for (Action action : Action.values()) {
            if ((actions & (1L << Codes.of(action))) != 0) {
                done.add(action);
            }
        }
        return new Episode(first, last, events, records, unknownRecords, 0, done, peak, List.of());
    }

    private static long known(@Nullable Long records, @Nullable Long size) {
        if (records != null) {
            return records;
        }
        return size == null ? 0 : size;
    }
}
