package dev.metsuke.shipper.seal;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream's seals: when the next is due, and what it says. */
public final class StreamSeals {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSeals.class);

    private final String stream;
    private final Duration interval;
    private final long events;
    private @Nullable Seal last;
    // By a clock that nobody sets: that of the seals may have been ahead.
    private @Nullable Long sealedNanos;
    private boolean hasWarned;
    // Made on the publisher's thread, taken over once the commit has waited for it.
    private volatile @Nullable Seal made;

    public StreamSeals(String stream, SealSettings settings) {
        this.stream = stream;
        this.interval = settings.interval();
        this.events = settings.events();
    }

    /** Goes back to what is committed. */
    public void rewind(@Nullable Seal committed) {
        last = committed;
        made = null;
    }

    /** Whether lines wait for a seal. */
    public boolean isOpen(long sequence) {
        return sequence > (last == null ? 0 : last.head().sequence());
    }

    /** Whether they have waited long enough, or are enough. */
    public boolean isDue(long sequence, Instant now, long nowNanos) {
        Seal before = last;
        if (!isOpen(sequence) || before == null) {
            return isOpen(sequence);
        }
        warnOnceIfAhead(before, now);
        return sequence - before.head().sequence() >= events
                || !now.isBefore(before.signedAt().plus(interval))
                || hasWaited(before, now, nowNanos);
    }

    /** How long it was since a seal dated ahead is told by this run alone; of one before it, it is taken to be long. */
    private boolean hasWaited(Seal before, Instant now, long nowNanos) {
        Long sealed = sealedNanos;
        return sealed == null ? before.signedAt().isAfter(now) : nowNanos - sealed >= interval.toNanos();
    }

    private void warnOnceIfAhead(Seal before, Instant now) {
        if (!hasWarned && before.signedAt().isAfter(now.plus(interval))) {
            hasWarned = true;
            LOG.warn(
                    "{}: the last seal is dated {}, ahead of the clock ({}); all seals until then are given its time",
                    stream,
                    before.signedAt(),
                    now);
        }
    }

    /**
     * The next seal; the first one who asks for it makes it.
     *
     * @param key signs it
     * @param now as {@link Seal#after} takes it
     * @param revocations the ids of all that were told by then
     * @param head where the chain stands when it is asked for
     */
    public Supplier<Seal> next(SealKeys.Current key, Instant now, List<String> revocations, Supplier<ChainHead> head) {
        Seal before = last;
        made = null;
        return () -> {
            Seal seal = made;
            if (seal == null) {
                seal = Seal.after(before, stream, head.get(), now, revocations, key);
                made = seal;
            }
            return seal;
        };
    }

    /** What was made is committed; it is answered once. */
    public @Nullable Seal committed(long nowNanos) {
        Seal seal = made;
        if (seal != null) {
            last = seal;
            sealedNanos = nowNanos;
            made = null;
        }
        return seal;
    }
}
