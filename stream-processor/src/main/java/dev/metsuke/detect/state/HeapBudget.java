package dev.metsuke.detect.state;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of the heap all stores of all partitions may take together. Each may take what the others leave; where it
 * is exceeded, those give way that have more than an equal share.
 */
public final class HeapBudget {

    /** Names the budget in Kafka Streams' configuration. */
    public static final String SETTING = "metsuke.heap.budget";

    private static final long PARTS = 64;

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger stores = new AtomicInteger();

    public HeapBudget(long bytes) {
        this.most = bytes;
    }

    /** One store's account of what it takes. It tells of much at once, as several threads take from one budget. */
    Share join() {
        stores.incrementAndGet();
        return new Share();
    }

    final class Share {

        private long bytes;
        private long told;
        private boolean hasLeft;

        void add(long more) {
            bytes += more;
            if (Math.abs(bytes - told) > most / (PARTS * PARTS)) {
                tell();
            }
        }

        /** As little as is left after giving way; all of it where nothing is to be given. */
        long rest() {
            long over = taken.get() - most;
            if (over <= 0) {
                return bytes;
            }
            // Some more at once, so that it is seldom done.
            return Math.min(bytes, Math.max(most / Math.max(1, stores.get()), bytes - over - most / PARTS));
        }

        long bytes() {
            return bytes;
        }

        void clear() {
            bytes = 0;
            tell();
        }

        void leave() {
            clear();
            if (!hasLeft) {
                hasLeft = true;
                stores.decrementAndGet();
            }
        }

        private void tell() {
            taken.addAndGet(bytes - told);
            told = bytes;
        }
    }
}
