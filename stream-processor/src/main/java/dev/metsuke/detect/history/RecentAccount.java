package dev.metsuke.detect.history;

import dev.metsuke.events.account.AccountId;
import java.time.Instant;

/**
 * An account that came lately, and the time of its newest access once that was looked up. As numbers: with a reference to a
 * new time at every access, each young collection would have to look at every such account.
 */
final class RecentAccount {

    private final AccountId id;
    private boolean cameBefore;
    private boolean isNewestKnown;
    private long newestSeconds;
    private int newestNanos;

    RecentAccount(AccountId id) {
        this.id = id;
    }

    AccountId id() {
        return id;
    }

    /** Whether it came before, and what its newest access was is not known yet. */
    boolean isWorthALook() {
        return cameBefore && !isNewestKnown;
    }

    void came() {
        cameBefore = true;
    }

    void newestIs(Instant time) {
        isNewestKnown = true;
        newestSeconds = time.getEpochSecond();
        newestNanos = time.getNano();
    }

    /** Whether all its accesses are known to be older. */
    boolean hasNoneSince(Instant time) {
        long seconds = time.getEpochSecond();
        return isNewestKnown && (seconds > newestSeconds || (seconds == newestSeconds && time.getNano() > newestNanos));
    }
}
