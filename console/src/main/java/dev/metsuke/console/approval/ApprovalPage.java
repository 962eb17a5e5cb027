package dev.metsuke.console.approval;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some approvals of a list.
 *
 * @param total how many there are on all its pages
 * @param next behind which the next page begins; null on the last
 */
record ApprovalPage(
        List<KnownApproval> approvals, int total, @Nullable ApprovalPlace next) {

    ApprovalPage {
        approvals = List.copyOf(approvals);
    }

    /**
     * Those that are wanted, the newest first.
     *
     * @param after behind which it begins; null for the first page
     */
    static ApprovalPage of(
            Collection<KnownApproval> known,
            ApprovalFilter filter,
            Instant now,
            @Nullable ApprovalPlace after,
            int limit) {
        List<KnownApproval> wanted = known.stream()
                .filter(approval -> filter.matches(approval, now))
                .sorted(KnownApproval.NEWEST_FIRST)
                .toList();
        List<KnownApproval> behind = after == null
                ? wanted
                : wanted.stream()
                        .filter(approval -> approval.place().compareTo(after) > 0)
                        .toList();
        List<KnownApproval> page = behind.subList(0, Math.min(limit, behind.size()));
        return new ApprovalPage(
                page,
                wanted.size(),
                page.size() < behind.size() ? page.getLast().place() : null);
    }
}
