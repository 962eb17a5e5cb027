package dev.metsuke.detect.directory;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the directory said of an account, until that time.
 *
 * @param holder whose it was, where it is another person's since then; null where it stayed the same person's
 */
public record Former(
        Instant until,
        @Nullable String department,
        @Nullable String calendar,
        @Nullable Holder holder) {

    /** Of whoever has it since then as well. */
    public Former(Instant until, @Nullable String department, @Nullable String calendar) {
        this(until, department, calendar, null);
    }

    /** As the last word on somebody. */
    DirectoryEntry entry(AccountId account, Holder of) {
        return new DirectoryEntry(account, of.person(), of.name(), null, department, null, calendar, of.contractEnd());
    }
}
