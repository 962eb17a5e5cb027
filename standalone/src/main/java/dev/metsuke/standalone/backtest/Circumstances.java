package dev.metsuke.standalone.backtest;

import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was known beside the events.
 *
 * @param directory known from the beginning
 * @param reports each known from the time at which it was reported
 * @param approvals each known from the time at which it was given
 * @param hindsight whether reports and approvals were known from the beginning instead
 */
public record Circumstances(
        List<DirectoryEntry> directory, List<StatusReport> reports, List<ExportApproval> approvals, boolean hindsight) {

    public Circumstances {
        directory = List.copyOf(directory);
        reports = List.copyOf(reports);
        approvals = List.copyOf(approvals);
    }

    /** Each known when somebody said so. */
    public Circumstances(List<DirectoryEntry> directory, List<StatusReport> reports, List<ExportApproval> approvals) {
        this(directory, reports, approvals, false);
    }

    /**
     * In the order in which it became known.
     *
     * @param beginning when the first event came
     */
    List<Known> inOrder(Instant beginning) {
        List<Known> known = new ArrayList<>();
        reports.forEach(report ->
                known.add(new Known(report.reportedAt(), "status report " + report.eventId(), to -> to.take(report))));
        approvals.forEach(approval ->
                known.add(new Known(approval.approvedAt(), "approval " + approval.eventId(), to -> to.take(approval))));
        known.sort(Comparator.comparing(Known::since));
        return hindsight
                ? known.stream().map(each -> each.knownSince(beginning)).toList()
                : known;
    }

    /**
     * A report or an approval.
     *
     * @param since from when on it is known
     * @param name what to call it
     * @param teach makes it known
     */
    record Known(Instant since, String name, Consumer<Backtest> teach) {

        Known knownSince(Instant other) {
            return new Known(other, name, teach);
        }
    }
}
