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
        long leastDay = Math.min(watch.leastDay(), rule.dayTimes() * leastCeiling);
        long leastHour = Math.min(watch.leastHour(), leastCeiling);
        return month > rule.monthTimes() * leastCeiling
                || mayBeUnusualMonth(ledger, day, watch)
                || near > leastDay
                || (near > leastHour && withinHours(account, added.minute(), hour) > leastHour);
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

    /** Whatever counts of the open days in the end: of all choices of so many, the largest days have the largest sum. */
    private static boolean mayBeUnusualMonth(Ledger ledger, long day, Watch watch) {
        long[] open = ledger.sortedPeople(watch.firstOpenDay(), day + 1);
        long sum = 0;
        for (int counting = 0; counting <= open.length; counting++) {
            if (counting > 0) {
                sum = Episode.sum(sum, open[open.length - counting]);
            }
            if (sum > watch.restOfMonth()[counting]) {
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
     * @param restOfMonth what the closed ones of the 30 days leave for the open ones, by how many of these have reads that count
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Watch(long bound, long minute, long leastHour, long leastDay, long[] restOfMonth) {

        long day() {
            return Math.floorDiv(minute, ReadDay.MINUTES);
        }

        /** Of the 30 days, the first whose reads may still come. */
        long firstOpenDay() {
            return firstOpenDay(bound, day());
        }

        private static long firstOpenDay(long bound, long day) {
            return Math.max(bound, day - Months.DAYS + 1);
        }

        static Watch of(long bound, long minute, Usual usual) {
            long day = Math.floorDiv(minute, ReadDay.MINUTES);
            return new Watch(
                    bound,
                    minute,
                    usual.leastOfHours(minute),
                    usual.leastOfDays(minute),
                    usual.restOfMonth(day, firstOpenDay(bound, day)));
        }

        /** The same months, which are judged by nothing but the account's own. */
        Watch by(Usual usual) {
            return new Watch(bound, minute, usual.leastOfHours(minute), usual.leastOfDays(minute), restOfMonth);
        }
    }
}
