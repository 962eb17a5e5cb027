package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownReports;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A department that the directory gives anew and that moves nobody, since a reported transfer goes before it.
 *
 * @param department as the directory says
 * @param reported where the report says that the person works
 */
public record Outranked(AccountId account, String department, String reported) {

    /**
     * None where the entry says what was known, or what was reported.
     *
     * @param before what the directory said; null where it did not know the account
     */
    static Optional<Outranked> of(
            DirectoryEntry entry, @Nullable DirectoryEntry before, KnownReports reports, Instant now) {
        String department = entry.department();
        if (department == null || (before != null && department.equals(before.department()))) {
            return Optional.empty();
        }
        return reports.lastMove(entry, now)
                .map(move -> Objects.requireNonNull(move.department()))
                .filter(reported -> !reported.equals(department))
                .map(reported -> new Outranked(entry.account(), department, reported));
    }
}
