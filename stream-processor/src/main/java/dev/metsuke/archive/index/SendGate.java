package dev.metsuke.archive.index;

/** How many bulks may be sent at once: half as many after each refusal for overload, one more after a run of good ones. */
final class SendGate {

    private static final int GOOD_RUN = 8;

    private final int most;
    private int limit;
    private int sending;
    private int good;

    SendGate(int most) {
        this.most = most;
        this.limit = most;
    }

    /** Waits until there is room. */
    synchronized void enter() throws InterruptedException {
        while (sending >= limit) {
            wait();
        }
        sending++;
    }

    /** Ends what {@link #enter} began. */
    synchronized void leave(Verdict verdict) {
        sending--;
        switch (verdict) {
            case GOOD -> {
                good++;
                if (good >= GOOD_RUN && limit < most) {
                    limit++;
                    good = 0;
                }
            }
            case OVERLOADED -> {
                limit = Math.max(1, limit / 2);
                good = 0;
            }
            case FAILED -> good = 0;
        }
        notifyAll();
    }

    synchronized int limit() {
        return limit;
    }

    /** How a bulk fared. */
    enum Verdict {
        GOOD,
        OVERLOADED,
        FAILED
    }
}
