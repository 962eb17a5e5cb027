package dev.metsuke.console.directory;

import dev.metsuke.events.account.AccountId;
import java.util.List;

/**
 * What becomes of the columns that a file does not have.
 *
 * @param accounts those that have another holder now
 * @param cleared the columns of which nothing is left for these accounts
 * @param kept the columns that stay as they are known for all others; none where there are no others
 */
public record Handover(List<AccountId> accounts, List<String> cleared, List<String> kept) {

    /** Of entries that say everything. */
    static final Handover NONE = new Handover(List.of(), List.of(), List.of());

    public Handover {
        accounts = List.copyOf(accounts);
        cleared = List.copyOf(cleared);
        kept = List.copyOf(kept);
    }
}
