package dev.metsuke.archive.setup;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Settings {@code archive.indices}: what each month's index is made of.
 *
 * @param shards how many primary shards
 * @param replicas how many copies of each: a number, or a range such as {@code 0-1} that follows the number of nodes
 * @param refreshInterval after which a new document is found by searches
 * @param alertRefreshInterval the same for alerts, which are few and which somebody waits for
 */
public record IndexSettings(
        @Default("1") int shards,
        @Default("0-1") String replicas,
        @Default("1s") Duration refreshInterval,
        @Default("500ms") Duration alertRefreshInterval) {

    private static final Pattern REPLICAS = Pattern.compile("\\d+(-(\\d+|all))?");

    public IndexSettings {
        Check.that()
                .holds(shards >= 1 && shards <= 1024, "shards must be 1 to 1024, not " + shards)
                .holds(
                        REPLICAS.matcher(replicas).matches(),
                        "replicas must be a number such as 1 or a range such as 0-1, not " + replicas)
                .holds(refreshInterval.isPositive(), "refresh-interval must be more than zero, not " + refreshInterval)
                .holds(
                        alertRefreshInterval.isPositive(),
                        "alert-refresh-interval must be more than zero, not " + alertRefreshInterval)
                .orThrow();
    }

    boolean followsNodes() {
        return replicas.contains("-");
    }
}
