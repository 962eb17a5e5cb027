package dev.metsuke.standalone.backtest;

import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;

/**
 * What the directory says of an account from a time on.
 *
 * @param entry what it says
 * @param since when it said so first; of an account's first entry it does not matter, for that holds for all time before it, too
 */
public record DatedEntry(DirectoryEntry entry, Instant since) {

    /** What it says at all times. */
    static DatedEntry always(DirectoryEntry entry) {
        return new DatedEntry(entry, Instant.EPOCH);
    }
}
