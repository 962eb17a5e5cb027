package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.NewDepartments;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of transfers to departments that nobody knows, for they may be slips; they hold all the same, and every dataset is outside
 * of such a department.
 */
final class TransferNotice {

    private TransferNotice() {}

    /** Prints one line by the directory and the policy that hold now; none where one of them knows each department. */
    static void print(Collection<StatusReport> reports, SettingsFile settings, KafkaSettings kafka, PrintWriter err) {
        if (NewDepartments.in(reports).isEmpty()) {
            return;
        }
        try {
            line(
                            reports,
                            PolicyNow.given(settings, kafka),
                            PeopleDirectory.in(kafka).entries())
                    .ifPresent(err::println);
        } catch (WriteFailedException | IOException | InvalidSettingsException e) {
            err.println("whether anybody knows the new departments cannot be told: " + e.getMessage());
        }
    }

    /**
     * Nothing, too, where nobody has told of any department yet.
     *
     * @param policy null where nobody here knows it
     */
    static Optional<String> line(
            Collection<StatusReport> reports, @Nullable Policy policy, Collection<DirectoryEntry> directory) {
        Set<String> ofPolicy = policy == null ? Set.of() : policy.departments();
        List<KnownNames.Stranger> strangers = NewDepartments.unknown(reports, ofPolicy, directory);
        if (strangers.isEmpty()) {
            return Optional.empty();
        }
        String listed = StrangerNotice.listed(strangers);
        return Optional.of(
                policy == null
                        ? "transferred to departments that the directory does not know: " + listed
                                + "; every dataset is outside of those that the policy's scope does not name"
                        : "transferred to departments that neither the policy nor the directory knows: " + listed
                                + "; every dataset is outside of them");
    }
}
