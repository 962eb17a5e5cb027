package dev.metsuke.detect.revoked;

import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an account stood over time, by all that is reported now. A reinstatement lifts what stopped the account; where the
 * person works stays what the last transfer said.
 */
final class StandingTimeline {

    private static final Comparator<StatusReport> ORDER = Comparator.comparing(StatusReport::effectiveAt)
            .thenComparing(StatusReport::reportedAt)
            .thenComparing(StatusReport::reportId);

    private final List<Step> steps;
    private final Standing.Active unrestricted;

    private StandingTimeline(List<Step> steps, Standing.Active unrestricted) {
        this.steps = steps;
        this.unrestricted = unrestricted;
    }

    /** Later reports go before earlier ones that take effect at the same time, and all before the contract's end. */
    static StandingTimeline of(
            Collection<StatusReport> reports, @Nullable Instant contractEnd, @Nullable String department) {
        boolean isTransferred = reports.stream().anyMatch(report -> report.status() == Status.TRANSFERRED);
        Standing.Active unrestricted = new Standing.Active(isTransferred ? null : department);
        List<StatusReport> ordered = reports.stream().sorted(ORDER).toList();
        List<Step> steps = new ArrayList<>();
        Step step = new Step(Instant.MIN, null, null);
        boolean isContractPending = contractEnd != null;
        for (StatusReport report : ordered) {
            if (isContractPending && contractEnd != null && !contractEnd.isAfter(report.effectiveAt())) {
                step = step.ending(contractEnd);
                steps.add(step);
                isContractPending = false;
            }
            step = step.then(report);
            steps.add(step);
        }
        if (isContractPending && contractEnd != null) {
            steps.add(step.ending(contractEnd));
        }
        return new StandingTimeline(steps, unrestricted);
    }

    /** Every moment before it is unrestricted; empty where every moment is. */
    Optional<Instant> start() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getFirst().from);
    }

    /** A report holds from its very moment on. */
    Standing at(Instant time) {
        for (Step step : steps.reversed()) {
            if (!step.from.isAfter(time)) {
                return step.standing(unrestricted);
            }
        }
        return unrestricted;
    }

    /** How it stood from the next change on. */
    Optional<Standing> after(Instant time) {
        return steps.stream()
                .filter(step -> step.from.isAfter(time))
                .findFirst()
                .map(step -> at(step.from));
    }

    private record Step(Instant from, Standing.@Nullable Stopped stopped, Standing.@Nullable Moved moved) {

        Step ending(Instant contractEnd) {
            return new Step(contractEnd, new Standing.Stopped(Status.CONTRACT_ENDED, contractEnd, null, null), moved);
        }

        Step then(StatusReport report) {
            Instant since = report.effectiveAt();
            return switch (report.status()) {
                case RETIRED, CONTRACT_ENDED, SUSPENDED ->
                    new Step(
                            since,
                            new Standing.Stopped(report.status(), since, report.reportedAt(), report.reportedBy()),
                            moved);
                case REINSTATED -> new Step(since, null, moved);
                case TRANSFERRED ->
                    new Step(
                            since,
                            stopped,
                            new Standing.Moved(
                                    Objects.requireNonNull(report.department()),
                                    since,
                                    report.reportedAt(),
                                    report.reportedBy()));
            };
        }

        Standing standing(Standing.Active unrestricted) {
            if (stopped != null) {
                return stopped;
            }
            return moved == null ? unrestricted : moved;
        }
    }
}
