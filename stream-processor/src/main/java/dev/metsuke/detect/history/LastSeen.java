package dev.metsuke.detect.history;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;

/**
 * When an account was seen at work last, as far as known. As numbers: with a reference to a new time at every access, each
 * young collection would have to look at every such account.
 */
final class LastSeen {

    private static final long SECONDS_A_DAY = 86_400;

    private final AccountId account;
    private long lastDay;
    private long lastArrival;
    private boolean isAsked;
    private boolean isTimeKnown;
    private long seconds;
    private int nanos;

    /** None of the account's accesses is of a later day of UTC than this, and none arrived on a later one. */
    LastSeen(AccountId account, long lastDay, long lastArrival) {
        this.account = account;
        this.lastDay = lastDay;
        this.lastArrival = lastArrival;
    }

    /** Whoever looks it up compares one object with itself, not texts that lie anywhere in memory. */
    AccountId account() {
        return account;
    }

    long lastDay() {
        return lastDay;
    }

    long lastArrival() {
        return lastArrival;
    }

    /** One arrived on a day; true where none was known to have arrived so late. */
    boolean arrivedOn(long day) {
        if (day <= lastArrival) {
            return false;
        }
        lastArrival = day;
        return true;
    }

    /** From the second time on that its very time is needed and not known: for accesses of the last day, or of earlier ones. */
    boolean needsItsTimeAgain(Instant time) {
        if (isTimeKnown || dayOf(time) > lastDay) {
            return false;
        }
        boolean wasAsked = isAsked;
        isAsked = true;
        return wasAsked;
    }

    /** Whether all its accesses are known to be older. */
    boolean hasNoneSince(Instant time) {
        if (!isTimeKnown) {
            return dayOf(time) > lastDay;
        }
        long other = time.getEpochSecond();
        return other > seconds || (other == seconds && time.getNano() > nanos);
    }

    /** Nothing of it is later. */
    void becomes(Instant time) {
        isTimeKnown = true;
        seconds = time.getEpochSecond();
        nanos = time.getNano();
        lastDay = Math.max(lastDay, dayOf(time));
    }

    static long dayOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY);
    }
}
