package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person who moved may still touch.
 *
 * @param handOver how long after a transfer, reported or by the directory alone, the former department's datasets stay open
 *     to the person
 * @param scope which departments work with which dataset; to somebody who moved, one that is not named is closed
 * @param scopeForEveryone whether the scopes hold for everybody whose department the directory knows, not only for those
 *     who moved; then a dataset that is not named is open to all who did not move
 */
public record RevokedPolicy(
        @Default("0s") Duration handOver,
        Map<String, List<String>> scope,
        @Default("false") boolean scopeForEveryone) {

    public RevokedPolicy {
        scope = Collections.unmodifiableMap(new TreeMap<>(scope));
        Check.that()
                .holds(!handOver.isNegative(), "hand-over must not be below 0s")
                .holds(
                        handOver.compareTo(Policy.LONGEST) <= 0,
                        "hand-over must be at most " + Policy.LONGEST.toDays() + "d")
                .orThrow();
    }

    /** The same where concurrent posts are in scope wherever one of their departments is. */
    RevokedPolicy with(Map<String, List<String>> concurrentPosts) {
        Map<String, List<String>> wider = new TreeMap<>();
        scope.forEach((dataset, departments) -> {
            Stream<String> posts = concurrentPosts.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(departments::contains))
                    .map(Map.Entry::getKey);
            wider.put(
                    dataset,
                    Stream.concat(departments.stream(), posts).distinct().toList());
        });
        return new RevokedPolicy(handOver, wider, scopeForEveryone);
    }

    /** Whether the dataset is kept for other departments. */
    public boolean isKeptFrom(String department, String dataset) {
        return scope.containsKey(dataset) && !isInScope(department, dataset);
    }

    /** Whether the department works with any dataset. */
    public boolean isInAnyScope(String department) {
        return scope.values().stream().anyMatch(departments -> departments.contains(department));
    }

    /** No dataset is in the scope of a department that nobody knows. */
    public boolean isInScope(@Nullable String department, String dataset) {
        return department != null && scope.getOrDefault(dataset, List.of()).contains(department);
    }
}
