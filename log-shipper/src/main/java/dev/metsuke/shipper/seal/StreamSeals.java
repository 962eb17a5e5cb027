package dev.metsuke.shipper.seal;

import dev.metsuke.events.integrity.ChainHead;
import dev.metsuke.events.seal.Seal;
import dev.metsuke.events.seal.SealKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One stream's seals: when the next is due, and what it says. */
public final class StreamSeals {

    private final String stream;
    private final Duration interval;
    private final long events;
    private @Nullable Seal last;
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
    public boolean isDue(long sequence, Instant now) {
        return isOpen(sequence)
                && (last == null
                        || sequence - last.head().sequence() >= events
                        || !now.isBefore(last.signedAt().plus(interval)));
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
    public @Nullable Seal committed() {
        Seal seal = made;
        if (seal != null) {
            last = seal;
            made = null;
        }
        return seal;
    }
}
