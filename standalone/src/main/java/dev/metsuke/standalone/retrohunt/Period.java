package dev.metsuke.standalone.retrohunt;

import dev.metsuke.events.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a hunt is for.
 *
 * @param from alerts that end before are not told
 * @param until no event of this time or later is read
 * @param warmUp for how long before {@code from} events are read, so that what is usual is known
 * @param account the only account, or null for all
 */
public record Period(
        Instant from,
        Instant until,
        Duration warmUp,
        @Nullable AccountId account) {

    /** The time of the first event that is read. */
    Instant readFrom() {
        return from.minus(warmUp);
    }

    boolean isAbout(AccountId other) {
        return account == null || account.equals(other);
    }
}
