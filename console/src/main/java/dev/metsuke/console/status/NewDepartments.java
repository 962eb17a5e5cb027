package dev.metsuke.console.status;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where transferred people now work. A department that nobody knows may be a slip; the transfer holds all the same, and every
 * dataset is outside of such a department.
 */
public final class NewDepartments {

    private NewDepartments() {}

    /** Those that transfers name; none where nobody is transferred. */
    public static List<String> in(Collection<StatusReport> reports) {
        return reports.stream()
                .filter(report -> report.status() == Status.TRANSFERRED)
                .map(report -> Objects.requireNonNull(report.department()))
                .toList();
    }

    /**
     * Those that neither the policy nor the directory knows; none where nobody has told of any department yet.
     *
     * @param ofPolicy which departments the policy names; none where it is not known
     */
    public static List<KnownNames.Stranger> unknown(
            Collection<StatusReport> reports, Set<String> ofPolicy, Collection<DirectoryEntry> directory) {
        Set<String> known = new TreeSet<>(ofPolicy);
        directory.stream()
                .map(DirectoryEntry::department)
                .filter(Objects::nonNull)
                .forEach(known::add);
        return known.isEmpty() ? List.of() : new KnownNames(known).strangers(in(reports));
    }
}
