package dev.metsuke.standalone.command;

import dev.metsuke.console.person.KnownNames;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.settings.InvalidSettingsException;
import dev.metsuke.operations.settings.SettingsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of datasets that exports are approved of and the policy does not name, for they may be slips; accesses may touch them all the
 * same, which only the archive knows.
 */
final class DatasetNotice {

    private DatasetNotice() {}

    /** Prints one line by the policy that holds now; none where that is not known here. */
    static void print(Collection<String> datasets, SettingsFile settings, KafkaSettings kafka, PrintWriter err) {
        if (datasets.isEmpty()) {
            return;
        }
        try {
            line(datasets, PolicyNow.given(settings, kafka)).ifPresent(err::println);
        } catch (IOException | InvalidSettingsException e) {
            err.println("whether the policy names the datasets cannot be told: " + e.getMessage());
        }
    }

    /** Nothing where the policy names each, or none at all. */
    static Optional<String> line(Collection<String> datasets, @Nullable Policy policy) {
        Set<String> named = policy == null ? Set.of() : policy.datasets();
        return Optional.of(new KnownNames(named).strangers(datasets))
                .filter(strangers -> !named.isEmpty() && !strangers.isEmpty())
                .map(strangers -> "approved for datasets that the policy does not name: "
                        + StrangerNotice.listed(strangers) + "; whether any access touches them is not asked here");
    }
}
