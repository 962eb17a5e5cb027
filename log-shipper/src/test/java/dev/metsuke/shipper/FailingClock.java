package dev.metsuke.shipper;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A clock by which whoever reads lines fails in the middle of the work: once, when the test wants it. */
final class FailingClock extends Clock {

    private final AtomicReference<@Nullable Runnable> failure = new AtomicReference<>();

    /** What the next one to ask for the time meets, instead of being told it. */
    void failOnce(Runnable thrower) {
        failure.set(thrower);
    }

    @Override
    public Instant instant() {
        Runnable thrower = failure.getAndSet(null);
        if (thrower != null) {
            thrower.run();
        }
        return Instant.now();
    }

    /** For figures only: does not fail. */
    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
