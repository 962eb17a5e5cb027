package dev.metsuke.detect.episode;

/**
 * Whether to commit before Kafka Streams does by itself, since an alert waits for it. Time is cut into intervals that are the
 * same for all rules and partitions, so that those of one thread ask together, and it commits once for all of them.
 */
final class CommitSoon {

    private final long interval;
    private boolean isWaiting;
    private long asked = Long.MIN_VALUE;

    /** Once an interval of so many milliseconds at most. */
    CommitSoon(long interval) {
        this.interval = interval;
    }

    /** What is told after it was due waits for the next interval. */
    boolean isDue(long now, boolean hasTold) {
        isWaiting |= hasTold;
        long at = Math.floorDiv(now, interval);
        if (!isWaiting || at == asked) {
            return false;
        }
        isWaiting = false;
        asked = at;
        return true;
    }
}
