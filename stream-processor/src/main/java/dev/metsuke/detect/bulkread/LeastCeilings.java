package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.events.account.AccountId;

/** The lowest ceiling that may hold for an account: nobody who reads no more than that is above any. */
final class LeastCeilings {

    private final BulkReadPolicy rule;
    private final long ofOthers;

    LeastCeilings(BulkReadPolicy rule) {
        this.rule = rule;
        // Of accounts that the policy does not name. A department may raise or lower it; the lowest of all is a safe
        // bound.
        this.ofOthers = rule.departments().values().stream()
                .mapToLong(Long::longValue)
                .reduce(rule.ceilings("", null).least(), Math::min);
    }

    /** False where so many people in 24 hours are neither above a ceiling nor unusual for anybody. */
    boolean mayBeDay(AccountId account, long people) {
        return people > Math.min(rule.unusual().atLeast(), of(account));
    }

    /** False where so many people in 30 days are neither above a ceiling nor unusual for anybody. */
    boolean mayBeMonth(AccountId account, long people) {
        return people > Math.min(10 * rule.unusual().atLeast(), rule.monthTimes() * of(account));
    }

    long of(AccountId account) {
        return rule.accounts().containsKey(account.value())
                ? rule.ceilings(account.value(), null).least()
                : ofOthers;
    }
}
