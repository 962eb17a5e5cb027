package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownReports;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A department that the directory gives anew and that moves nobody, since a reported transfer goes before it.
 *
 * @param department as the directory says
 * @param reported where the report says that the person works
 */
public record Outranked(AccountId account, String department, String reported) {

    private static final int MOST_LISTED = 20;

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

    /** For a terminal, behind a summary. */
    static String describe(List<Outranked> departments) {
        if (departments.isEmpty()) {
            return "";
        }
        String more = departments.size() > MOST_LISTED ? " and " + (departments.size() - MOST_LISTED) + " more" : "";
        return departments.stream()
                .limit(MOST_LISTED)
                .map(one -> one.account() + " to " + one.department() + " (reported: " + one.reported() + ")")
                .collect(Collectors.joining(
                        ", ",
                        "; not moved, since a reported transfer goes before the directory: ",
                        more + "; report these moves, or take the earlier reports back"));
    }
}
