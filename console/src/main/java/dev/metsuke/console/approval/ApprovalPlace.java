package dev.metsuke.console.approval;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where an approval stands in the list: the one that was given or taken back last comes first, those of one time by account.
 *
 * @param said when it was given or taken back last
 * @param account whose it is
 * @param approvalId what it is called
 */
record ApprovalPlace(Instant said, String account, String approvalId) implements Comparable<ApprovalPlace> {

    private static final Comparator<ApprovalPlace> ORDER = Comparator.comparing(ApprovalPlace::said)
            .reversed()
            .thenComparing(ApprovalPlace::account)
            .thenComparing(ApprovalPlace::approvalId);

    @Override
    public int compareTo(ApprovalPlace other) {
        return ORDER.compare(this, other);
    }

    /** As {@link #toString} writes it; empty where it is none. */
    static Optional<ApprovalPlace> parse(String text) {
        String[] parts = text.split("~", 3);
        try {
            int end = Integer.parseInt(parts[1]);
            return Optional.of(
                    new ApprovalPlace(Instant.parse(parts[0]), parts[2].substring(0, end), parts[2].substring(end)));
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Names may hold any character. */
    @Override
    public String toString() {
        return said + "~" + account.length() + "~" + account + approvalId;
    }
}
