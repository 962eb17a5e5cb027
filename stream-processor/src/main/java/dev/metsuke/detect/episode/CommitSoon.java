package dev.metsuke.detect.episode;

/**
 * Whether to commit before Kafka Streams does by itself, since an alert waits for it. Time is cut into intervals that begin
 * together for all rules and partitions, so that those of one thread ask together, and it commits once for all of them.
 *
 * <p>Where what is heard has waited in Kafka, as after an outage, an alert may wait for its commit a tenth as long: it comes as
 * good as no later, and what waits is worked off sooner, since a commit writes whatever accounts have changed. Intervals are
 * doubled for that, so that longer ones begin with shorter ones.
 */
final class CommitSoon {

    private static final int SHARE_OF_WAIT = 10;
    private static final long NOTHING = Long.MAX_VALUE;

    private final long least;
    private long shortestWait = NOTHING;
    private boolean isWaiting;
    private long interval;
    private long asked = Long.MIN_VALUE;

    /** Once in so many milliseconds at most. */
    CommitSoon(long least) {
        this.least = least;
    }

    /** Something that has waited so many milliseconds. The freshest counts: what it alerts of is told in time. */
    void hear(long waited) {
        shortestWait = Math.min(shortestWait, waited);
    }

    /** What is told after it was due waits for the next interval; what waits already is not put off. */
    boolean isDue(long now, boolean hasTold) {
        if (hasTold) {
            interval = isWaiting ? Math.min(interval, intervalNow()) : intervalNow();
            isWaiting = true;
        }
        shortestWait = NOTHING;
        if (!isWaiting) {
            return false;
        }
        long begin = now - Math.floorMod(now, interval);
        // A clock that was set back does not make it wait until it is there again.
        if (asked >= begin && asked <= now) {
            return false;
        }
        isWaiting = false;
        asked = now;
        return true;
    }

    /** By what was heard since it was asked last; of nothing heard there is nothing that has waited. */
    private long intervalNow() {
        long waited = shortestWait == NOTHING ? 0 : Math.max(0, shortestWait);
        return least * Math.max(1, Long.highestOneBit(waited / SHARE_OF_WAIT / least));
    }
}
