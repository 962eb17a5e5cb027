package dev.metsuke.detect.episode;

/**
 * Whether to commit before Kafka Streams does by itself, since an alert waits for it. Time is cut into intervals that are the
 * same for all rules and partitions, so that those of one thread ask together, and it commits once for all of them.
 *
 * <p>Where what is heard has waited in Kafka, as after an outage, an alert may wait for its commit a tenth as long: it comes as
 * good as no later, and what waits is worked off sooner, since a commit writes whatever accounts have changed. Intervals are
 * doubled for that, so that longer ones begin with shorter ones.
 */
final class CommitSoon {

    private static final int SHARE_OF_WAIT = 10;
    private static final long NOTHING = Long.MAX_VALUE;

    private final long least;
    private long interval;
    private long shortestWait = NOTHING;
    private boolean isWaiting;
    private long asked = Long.MIN_VALUE;

    /** Once in so many milliseconds at most. */
    CommitSoon(long least) {
        this.least = least;
        interval = least;
    }

    /** Something that has waited so many milliseconds. The freshest counts: what it alerts of is told in time. */
    void hear(long waited) {
        shortestWait = Math.min(shortestWait, waited);
    }

    /** What is told after it was due waits for the next interval. */
    boolean isDue(long now, boolean hasTold) {
        isWaiting |= hasTold;
        if (shortestWait != NOTHING) {
            interval = least * Math.max(1, Long.highestOneBit(Math.max(0, shortestWait) / SHARE_OF_WAIT / least));
            shortestWait = NOTHING;
        }
        long begin = now - Math.floorMod(now, interval);
        // A clock that was set back does not make it wait until it is there again.
        boolean isAsked = asked >= begin && asked <= now;
        if (!isWaiting || isAsked) {
            return false;
        }
        isWaiting = false;
        asked = begin;
        return true;
    }
}
