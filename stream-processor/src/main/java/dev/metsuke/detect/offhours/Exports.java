package dev.metsuke.detect.offhours;

import dev.metsuke.detect.calendar.WorkingCalendar;
import dev.metsuke.detect.episode.Episode;
import dev.metsuke.detect.episode.QuotedName;
import dev.metsuke.detect.history.Access;
import dev.metsuke.detect.policy.Policy;
import dev.metsuke.events.alert.Rule;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an account's exports are: allowed, a finding, or the use of an approval. It takes them in order of event
 * time, for an approval's volume is used up in that order.
 */
final class Exports {

    /** Stands for the dataset where an export does not say what it took. */
    private static final String UNNAMED = "exports";

    private static final String FORBIDDEN = "forbidden: ";
    private static final String APPROVED = "approved: ";

    private final Policy policy;
    private final Function<Instant, WorkingCalendar> calendars;
    private final List<ExportApproval> approvals;
    private final List<ExportApproval> settled;
    private final Map<String, Long> used;

    /**
     * By the calendars that held at the times of the exports.
     *
     * @param settled those of the approvals of whose uses not all are remembered, so that nobody knows what is left of them
     * @param used what earlier ones used of the approvals
     */
    Exports(
            Policy policy,
            Function<Instant, WorkingCalendar> calendars,
            List<ExportApproval> approvals,
            List<ExportApproval> settled,
            ApprovalUse used) {
        this.policy = policy;
        this.calendars = calendars;
        this.approvals = approvals;
        this.settled = settled;
        this.used = new HashMap<>(used.people());
    }

    /** What is used of the approvals so far. */
    ApprovalUse used() {
        return new ApprovalUse(used);
    }

    /**
     * A finding, or the use of an approval.
     *
     * @param scope what it is about
     * @param exceeded the approvals that were for it, and not enough
     */
    record Judged(String scope, Set<String> exceeded) {}

    /**
     * Empty where the export is neither a finding nor the use of an approval, or is told already of what stays, as it is for a
     * settled approval.
     *
     * @param tells whether an episode of this scope that is not judged again tells of the export
     */
    Optional<Judged> judge(Access access, Predicate<String> tells) {
        return restriction(policy, calendars.apply(access.time()), access)
                .filter(scope -> scopesWhileSettled(policy, settled, access).noneMatch(tells))
                .map(scope -> approval(access)
                        .map(approval -> new Judged(APPROVED + approval.approvalId(), Set.of()))
                        .orElseGet(() -> new Judged(scope, exceeded(policy, approvals, access))));
    }

    /** The scope of an export that needs an approval. */
    static Optional<String> restriction(Policy policy, WorkingCalendar calendar, Access access) {
        if (!access.action().takesDataOut() || access.hasFailed() || access.isExcepted(policy, Rule.OFF_HOURS_EXPORT)) {
            return Optional.empty();
        }
        if (policy.offHours().isForbidden(access.action(), access.destination())) {
            return Optional.of(FORBIDDEN + quoted(access.dataset()));
        }
        return calendar.isWorkingTime(access.time()) ? Optional.empty() : Optional.of(quoted(access.dataset()));
    }

    /**
     * Under which it may have been told of while it was known what a settled approval was used for; none without such an
     * approval. One that was shortened since covers it no longer, and was used for it all the same.
     */
    static Stream<String> scopesWhileSettled(Policy policy, List<ExportApproval> settled, Access access) {
        Stream<String> uses = settled.stream()
                .filter(approval -> approval.dataset().equals(access.dataset()))
                .map(approval -> APPROVED + approval.approvalId());
        String dataset = quoted(access.dataset());
        return isCovered(policy, settled, access) ? Stream.concat(Stream.of(dataset, FORBIDDEN + dataset), uses) : uses;
    }

    private static String quoted(@Nullable String dataset) {
        if (dataset == null) {
            return UNNAMED;
        }
        // A dataset may be called whatever a log says.
        boolean isMistakable = isForbidden(dataset) || isApproved(dataset) || dataset.equals(UNNAMED);
        return QuotedName.of(dataset, isMistakable);
    }

    /** Whether some approval is for what the export took, and for its time. */
    static boolean isCovered(Policy policy, List<ExportApproval> approvals, Access access) {
        return approvals.stream().anyMatch(approval -> covers(policy, approval, access));
    }

    /** What was for an export that needs more; one for nobody's data was taken back. */
    static Set<String> exceeded(Policy policy, List<ExportApproval> approvals, Access access) {
        return approvals.stream()
                .filter(approval -> !approval.isTakenBack() && covers(policy, approval, access))
                .map(ExportApproval::approvalId)
                .collect(Collectors.toSet());
    }

    /** An approval holds only as long as all of its use is remembered, so that none of it can be used twice. */
    private static boolean covers(Policy policy, ExportApproval approval, Access access) {
        return approval.dataset().equals(access.dataset())
                && approval.covers(access.time())
                && access.time().isBefore(approval.from().plus(policy.horizon()));
    }

    /** Whether the episode is of the approval's use, or of exports that it may have been for. */
    static boolean isAbout(ExportApproval approval, String scope, Episode episode) {
        if (isApproved(scope)) {
            return approvalId(scope).equals(approval.approvalId());
        }
        return approval.dataset().equals(dataset(scope))
                && !episode.end().isBefore(approval.from())
                && episode.start().isBefore(approval.until());
    }

    static boolean isForbidden(String scope) {
        return scope.startsWith(FORBIDDEN);
    }

    static boolean isApproved(String scope) {
        return scope.startsWith(APPROVED);
    }

    /** The id of the approval that the scope says was used. */
    static String approvalId(String scope) {
        return scope.substring(APPROVED.length());
    }

    /** The dataset that the scope says was taken out; null where the exports do not say which. */
    static @Nullable String dataset(String scope) {
        String name = isForbidden(scope) ? scope.substring(FORBIDDEN.length()) : scope;
        return name.equals(UNNAMED) ? null : QuotedName.read(name);
    }

    /**
     * Uses the one that ends first and has room for it; of those that end at once, the one with the least room, so that the larger
     * one is left for what fits into no other. What does not say how many people's data it took fits into none, and nothing
     * fits into one that was taken back, not even what took nobody's.
     */
    private Optional<ExportApproval> approval(Access access) {
        Long people = access.records() == null ? policy.bulkRead().size(access.dataset()) : access.records();
        if (people == null) {
            return Optional.empty();
        }
        Optional<ExportApproval> fitting = approvals.stream()
                .filter(approval -> !approval.isTakenBack()
                        && !settled.contains(approval)
                        && covers(policy, approval, access)
                        && people <= left(approval))
                .min(Comparator.comparing(ExportApproval::until)
                        .thenComparingLong(this::left)
                        .thenComparing(ExportApproval::approvalId));
        fitting.ifPresent(approval -> used.merge(approval.approvalId(), people, Long::sum));
        return fitting;
    }

    private long left(ExportApproval approval) {
        return approval.maxRecords() - used.getOrDefault(approval.approvalId(), 0L);
    }
}
