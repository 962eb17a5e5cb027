package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.detect.state.RecentlyUsed;
import dev.metsuke.events.account.AccountId;
import java.util.List;
import java.util.NavigableMap;

/** Tells at every read, by a few numbers of its account, whether anything can be too much with it: of most reads nothing can. */
final class Watches {

    private static final int MOST = 20_000;

    private final BulkReadPolicy rule;
    private final LeastCeilings leastCeilings;
    private final long latenessMinutes;
    private final MinuteSlots minutes;
    private final Learning learning;
    private final RecentlyUsed<AccountId, Watch> watches = new RecentlyUsed<>(MOST);

    Watches(Policy policy, MinuteSlots minutes, Learning learning) {
        this.rule = policy.bulkRead();
        this.leastCeilings = new LeastCeilings(rule);
        this.latenessMinutes = policy.lateness().toMinutes();
        this.minutes = minutes;
        this.learning = learning;
    }

    /**
     * False where no window that holds the read can be above its limit, since more than all of it is below the least one.
     * Where there are reads of later days, whose windows have other limits, it does not try to know.
     */
    boolean mayBeTooMuch(AccountId account, Ledger ledger, MinuteSlot added, List<MinuteSlot> hour) {
        if (added.hasUnsizedExports(rule)) {
            return true;
        }
        long day = added.day();
        long leastCeiling = leastCeilings.of(account);
        long near = nearDay(ledger, day);
        long month = nearMonth(ledger, day);
        if (!mayMatter(account, near, month)) {
            return false;
        }
        if (ledger.lastDay() > day) {
            return true;
        }
        Watch watch = watch(account, added);
        return near > Math.min(watch.leastDay(), rule.dayTimes() * leastCeiling)
                || month > rule.monthTimes() * leastCeiling
                || mayBeUnusualMonth(ledger.sortedPeople(day - Months.DAYS + 1, day + 1), watch)
                || (near > Math.min(watch.leastHour(), leastCeiling)
                        && withinHours(account, added.minute(), hour) > Math.min(watch.leastHour(), leastCeiling));
    }

    /**
     * With the first read of a day, where what is usual is known anyway.
     *
     * @param before without the read
     * @param ledger with it
     */
    void beginDay(AccountId account, Ledger before, Ledger ledger, MinuteSlot added, long bound, Usual usual) {
        // Who read much on the last day will do so again.
        boolean isWatched = mayMatter(account, ledger, added.day())
                || (!before.isEmpty() && mayMatter(account, before, before.lastDay()));
        if (isWatched && bound == Usual.bound(added.minute(), latenessMinutes)) {
            watch(account, added, bound, usual);
        }
    }

    /** By what is usual for the department now; of the account's own days nothing is needed for it. */
    void watchAnew(AccountId account, NavigableMap<Long, Long> leastByBound) {
        Watch watch = watches.get(account);
        if (watch != null && leastByBound.getOrDefault(watch.bound(), Long.MAX_VALUE) < Long.MAX_VALUE) {
            watches.put(account, watch.by(learning.usualOfDepartment(account)));
        }
    }

    /** What it reads is compared with numbers that are computed anew. */
    void forget(AccountId account) {
        watches.remove(account);
    }

    /** False where an account reads less about a day, and about its month, than may be too much or unusual for anybody. */
    private boolean mayMatter(AccountId account, Ledger ledger, long day) {
        return mayMatter(account, nearDay(ledger, day), nearMonth(ledger, day));
    }

    private boolean mayMatter(AccountId account, long near, long month) {
        return leastCeilings.mayBeDay(account, near) || leastCeilings.mayBeMonth(account, month);
    }

    private static long nearDay(Ledger ledger, long day) {
        return ledger.between(day - 1, day + 1);
    }

    private static long nearMonth(Ledger ledger, long day) {
        return ledger.between(day - Months.DAYS + 1, day + Months.DAYS - 1);
    }

    /** Whatever counts of these days in the end: of all choices of so many, the largest days have the largest sum. */
    private static boolean mayBeUnusualMonth(long[] people, Watch watch) {
        long sum = 0;
        for (int active = 1; active <= people.length; active++) {
            sum = Episode.sum(sum, people[people.length - active]);
            if (sum > watch.leastMonths()[active]) {
                return true;
            }
        }
        return false;
    }

    /** All that was read from an hour before the minute until an hour after it, everybody as often as read. */
    private long withinHours(AccountId account, long minute, List<MinuteSlot> hour) {
        long before = withinHour(minute, minutes.hour(account, MinuteSlots.hourOf(minute) - 1));
        long after = withinHour(minute, minutes.hour(account, MinuteSlots.hourOf(minute) + 1));
        return Episode.sum(Episode.sum(before, withinHour(minute, hour)), after);
    }

    private long withinHour(long minute, List<MinuteSlot> slots) {
        long sum = 0;
        for (MinuteSlot slot : slots) {
            if (Math.abs(slot.minute() - minute) < 60) {
                sum = Episode.sum(sum, slot.most(rule));
            }
        }
        return sum;
    }

    /** Closes days where they are due, so it is done once a day for an account that reads more than next to nothing. */
    private Watch watch(AccountId account, MinuteSlot added) {
        long bound = Usual.bound(added.minute(), latenessMinutes);
        Watch known = watches.get(account);
        if (known != null && known.bound() == bound && known.day() == added.day()) {
            return known;
        }
        return watch(account, added, bound, learning.usual(account, bound));
    }

    private Watch watch(AccountId account, MinuteSlot added, long bound, Usual usual) {
        Watch watch = Watch.of(bound, added.minute(), usual);
        watches.put(account, watch);
        return watch;
    }

    /**
     * Below what an account's reads need not be judged, until days are closed anew.
     *
     * @param minute of the day on which it holds
     * @param leastMonths by how many of the 30 days have reads
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Watch(long bound, long minute, long leastHour, long leastDay, long[] leastMonths) {

        long day() {
            return Math.floorDiv(minute, ReadDay.MINUTES);
        }

        static Watch of(long bound, long minute, Usual usual) {
            return new Watch(
                    bound,
                    minute,
                    usual.leastOfHours(minute),
                    usual.leastOfDays(minute),
                    usual.monthLimits(Math.floorDiv(minute, ReadDay.MINUTES), (int) Months.DAYS));
        }

        /** The same months, which are judged by nothing but the account's own. */
        Watch by(Usual usual) {
            return new Watch(bound, minute, usual.leastOfHours(minute), usual.leastOfDays(minute), leastMonths);
        }
    }
}
