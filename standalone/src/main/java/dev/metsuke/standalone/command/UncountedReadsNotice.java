package dev.metsuke.standalone.command;

import dev.metsuke.standalone.terminal.Enumeration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of reads that count as nobody's data, so that no limit on how much is read holds for them. */
final class UncountedReadsNotice {

    private static final int MOST = 5;

    private UncountedReadsNotice() {}

    /**
     * One line, where there are such reads.
     *
     * @param reads how many, by dataset; by a blank one, those that name none
     */
    static Optional<String> of(Map<String, Long> reads) {
        if (reads.isEmpty()) {
            return Optional.empty();
        }
        long all = reads.values().stream().mapToLong(Long::longValue).sum();
        List<Map.Entry<String, Long>> mostFirst = reads.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        String datasets = Enumeration.of(
                mostFirst,
                MOST,
                read -> (read.getKey().isBlank() ? "no dataset" : read.getKey()) + " (" + read.getValue() + ")");
        return Optional.of(all + (all == 1 ? " read does" : " reads do")
                + " not say how many people's data it was, and count as nobody's in bulk reads: of " + datasets
                + "; map the format's records, or give the datasets a size in the policy");
    }
}
