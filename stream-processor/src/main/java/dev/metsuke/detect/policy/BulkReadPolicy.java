package dev.metsuke.detect.policy;

import dev.metsuke.operations.settings.Check;
import dev.metsuke.operations.settings.Default;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many people's data may be read how fast.
 *
 * @param window the time over which reads are summed, in whole minutes; it slides by the minute
 * @param ceiling how many people's data of one dataset, or of all together, one account may read in a window
 * @param datasets what differs for some datasets, by name
 * @param accounts another ceiling for some accounts, by name; it goes before every other
 */
public record BulkReadPolicy(
        @Default("10m") Duration window,
        @Default("1000") long ceiling,
        Map<String, DatasetPolicy> datasets,
        Map<String, Long> accounts) {

    public BulkReadPolicy {
        datasets = Collections.unmodifiableMap(new TreeMap<>(datasets));
        accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
        Check.that()
                .holds(
                        window.isPositive() && window.equals(Duration.ofMinutes(window.toMinutes())),
                        "window must be whole minutes, 1m or more, such as 10m")
                .holds(window.compareTo(Duration.ofDays(1)) <= 0, "window must be 1d or less")
                .holds(ceiling >= 0, "ceiling must not be below 0")
                .holds(accounts.values().stream().allMatch(own -> own >= 0), "accounts: no ceiling may be below 0")
                .orThrow();
    }

    /** How many people's data the account may read from the dataset in a window. */
    public long ceiling(String account, String dataset) {
        Long ofAccount = accounts.get(account);
        if (ofAccount != null) {
            return ofAccount;
        }
        DatasetPolicy ofDataset = datasets.get(dataset);
        return ofDataset == null || ofDataset.ceiling() == null ? ceiling : ofDataset.ceiling();
    }

    /** How many people's data the account may read in a window whatever the dataset. */
    public long ceiling(String account) {
        return accounts.getOrDefault(account, ceiling);
    }

    /** How many people the dataset holds, where the policy knows. */
    public @Nullable Long size(@Nullable String dataset) {
        DatasetPolicy known = dataset == null ? null : datasets.get(dataset);
        return known == null ? null : known.size();
    }
}
