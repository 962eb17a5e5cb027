package dev.metsuke.detect.bulkread;

import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.Peak;
import dev.metsuke.detect.policy.BulkReadPolicy;
import dev.metsuke.events.account.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds the minutes in which an account read too much: those within a window whose sum is above the ceiling. A window
 * slides by the minute and ends with a minute that has reads. All datasets together count where no single dataset
 * explains the window, and then against the highest ceiling among them.
 */
final class BulkReads {

    /** The scope of an episode over several datasets. */
    static final String ALL_DATASETS = "all datasets";

    private final AccountId account;
    private final BulkReadPolicy policy;
    private final long windowMinutes;
    private final NavigableMap<Long, List<MinuteSlot>> byMinute = new TreeMap<>();
    private final Map<String, Map<Long, Peak>> peaks = new TreeMap<>();

    private BulkReads(AccountId account, BulkReadPolicy policy, Collection<MinuteSlot> slots) {
        this.account = account;
        this.policy = policy;
        this.windowMinutes = policy.window().toMinutes();
        slots.forEach(slot -> byMinute.computeIfAbsent(slot.minute(), minute -> new ArrayList<>())
                .add(slot));
    }

    /** By scope, then by minute: the largest peak above the ceiling of the windows that the minute is part of. */
    static Map<String, Map<Long, Peak>> flaggedMinutes(
            AccountId account, BulkReadPolicy policy, Collection<MinuteSlot> slots) {
        BulkReads reads = new BulkReads(account, policy, slots);
        reads.byMinute.keySet().forEach(reads::judgeWindowEndingWith);
        return reads.peaks;
    }

    static boolean isWithin(String scope, String dataset) {
        return scope.equals(ALL_DATASETS) || scope.equals(dataset);
    }

    private void judgeWindowEndingWith(long minute) {
        NavigableMap<Long, List<MinuteSlot>> window = byMinute.subMap(minute - windowMinutes + 1, true, minute, true);
        Map<String, Long> sums = new HashMap<>();
        window.values()
                .forEach(slots -> slots.forEach(slot -> sums.merge(slot.dataset(), slot.records(), Episode::sum)));
        boolean isExplained = false;
        long ceilingOfAll = policy.ceiling(account.value());
        for (Map.Entry<String, Long> sum : sums.entrySet()) {
            String dataset = sum.getKey();
            long ceiling = policy.ceiling(account.value(), dataset);
            ceilingOfAll = Math.max(ceilingOfAll, ceiling);
            if (!dataset.equals(MinuteSlot.UNNAMED) && sum.getValue() > ceiling) {
                isExplained = true;
                flag(dataset, window, new Peak(sum.getValue(), ceiling));
            }
        }
        long sumOfAll = sums.values().stream().reduce(0L, Episode::sum);
        if (!isExplained && sumOfAll > ceilingOfAll) {
            flag(ALL_DATASETS, window, new Peak(sumOfAll, ceilingOfAll));
        }
    }

    private void flag(String scope, NavigableMap<Long, List<MinuteSlot>> window, Peak peak) {
        Map<Long, Peak> minutes = peaks.computeIfAbsent(scope, named -> new TreeMap<>());
        window.forEach((minute, slots) -> {
            if (slots.stream().anyMatch(slot -> isWithin(scope, slot.dataset()))) {
                minutes.merge(minute, peak, Peak::orLarger);
            }
        });
    }
}
