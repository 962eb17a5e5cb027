package dev.metsuke.detect.episode;

import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When which account may be judged again. Whoever was not judged lately is judged at once, for that may be a new alert. Whoever
 * goes on is judged again as time allows: a judgement goes through all that the episodes and approvals tell of which it comes near,
 * and accounts at work day and night would take all of the time from those of whom nothing is known yet.
 */
public final class Pace {

    /** About as many minutes' reads, or exports, are judged in a millisecond; counted, not measured, so that the same is judged every time. */
    private static final long JUDGED_PER_MILLI = 500;

    /** Of so many milliseconds one goes into judging again while there is much to hear. */
    private static final long SHARE_WHEN_BUSY = 20;

    private static final long SHARE_WHEN_IDLE = 2;

    /** It is busy from so many facts on between two tellings. */
    private static final long FACTS_WHEN_BUSY = 200;

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final Duration leastPause;
    private final Map<AccountId, Instant> readyAt = new HashMap<>();
    private Instant allReadyAt = Instant.MIN;
    private long facts;
    private long share = SHARE_WHEN_IDLE;

    public Pace(Duration leastPause) {
        this.leastPause = leastPause;
    }

    public void hear() {
        facts++;
    }

    /** Before some are judged. */
    public void begin() {
        share = facts < FACTS_WHEN_BUSY ? SHARE_WHEN_IDLE : SHARE_WHEN_BUSY;
        facts = 0;
    }

    public boolean isReady(AccountId account, Instant now) {
        Instant ownReadyAt = readyAt.get(account);
        return ownReadyAt == null || !(now.isBefore(ownReadyAt) || now.isBefore(allReadyAt));
    }

    /** Judged just now, by so many minutes' reads or exports. */
    public void judged(AccountId account, long count, Instant now) {
        Duration pause = Duration.ofMillis(share * count / JUDGED_PER_MILLI);
        Instant until = now.plus(pause.compareTo(leastPause) > 0 ? pause : leastPause);
        boolean isAgain = readyAt.put(account, until) != null;
        if (isAgain) {
            allReadyAt = (now.isBefore(allReadyAt) ? allReadyAt : now).plus(pause);
        }
    }

    /** Those that have been ready for a while were not judged lately. */
    public void forget(Instant now) {
        readyAt.values().removeIf(until -> until.plus(LATELY).isBefore(now));
    }
}
