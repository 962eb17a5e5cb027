package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person who moved may still touch.
 *
 * @param handOver how long after a transfer the former department's datasets stay open to the person
 * @param scope which departments work with which dataset; one that is not named is outside of every department
 */
public record RevokedPolicy(@Default("0s") Duration handOver, Map<String, List<String>> scope) {

    public RevokedPolicy {
        scope = Collections.unmodifiableMap(new TreeMap<>(scope));
        Check.that()
                .holds(!handOver.isNegative(), "hand-over must not be below 0s")
                .orThrow();
    }

    public boolean isInScope(String department, String dataset) {
        return scope.getOrDefault(dataset, List.of()).contains(department);
    }
}
