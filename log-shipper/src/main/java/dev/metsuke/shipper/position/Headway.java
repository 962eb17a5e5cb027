package dev.metsuke.shipper.position;

import java.time.Duration;

/** Whether reading still goes forward, however much there is to read. */
final class Headway {

    private final long patienceNanos;
    private long reached = -1;
    private long reachedNanos;

    Headway(Duration patience, long nowNanos) {
        patienceNanos = patience.toNanos();
        reachedNanos = nowNanos;
    }

    /**
     * Whether it has not for longer than one has patience.
     *
     * @param position how much is read by now, in whatever unit
     */
    boolean isLost(long position, long nowNanos) {
        if (position > reached) {
            reached = position;
            reachedNanos = nowNanos;
        }
        return nowNanos - reachedNanos > patienceNanos;
    }
}
