package dev.metsuke.standalone.backtest;

import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What was known beside the events.
 *
 * @param directory known from the beginning, those of one account in their order
 * @param reports each known from the time at which it was reported
 * @param approvals each known from the time at which it was given
 * @param hindsight whether reports and approvals were known from the beginning instead
 */
public record Circumstances(
        List<DatedEntry> directory, List<StatusReport> reports, List<ExportApproval> approvals, boolean hindsight) {

    public Circumstances {
        directory = List.copyOf(directory);
        reports = List.copyOf(reports);
        approvals = List.copyOf(approvals);
    }

    /** Each known when somebody said so. */
    public Circumstances(List<DirectoryEntry> directory, List<StatusReport> reports, List<ExportApproval> approvals) {
        this(directory.stream().map(DatedEntry::always).toList(), reports, approvals, false);
    }

    /** What the directory says, whenever. */
    public List<DirectoryEntry> entries() {
        return directory.stream().map(DatedEntry::entry).toList();
    }

    /**
     * In the order in which it became known.
     *
     * @param beginning when the first event came
     */
    List<Arrival> inOrder(Instant beginning) {
        List<Arrival> arrivals = new ArrayList<>();
        reports.forEach(report -> arrivals.add(new Arrival(report.reportedAt(), new Arrival.Reported(report))));
        approvals.forEach(approval -> arrivals.add(new Arrival(approval.approvedAt(), new Arrival.Approved(approval))));
        arrivals.sort(Comparator.comparing(Arrival::at));
        return hindsight
                ? arrivals.stream().map(arrival -> arrival.at(beginning)).toList()
                : arrivals;
    }
}
