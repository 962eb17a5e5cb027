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
 */
public record Circumstances(
        List<DirectoryEntry> directory, List<StatusReport> reports, List<ExportApproval> approvals) {

    public Circumstances {
        directory = List.copyOf(directory);
        reports = List.copyOf(reports);
        approvals = List.copyOf(approvals);
    }

    /** In the order in which it became known. */
    List<Known> inOrder() {
        List<Known> known = new ArrayList<>();
        reports.forEach(report -> known.add(new Known(report.reportedAt(), backtest -> backtest.take(report))));
        approvals.forEach(approval -> known.add(new Known(approval.approvedAt(), backtest -> backtest.take(approval))));
        known.sort(Comparator.comparing(Known::since));
        return known;
    }

    /** A report or an approval. */
    record Known(Instant since, Consumer<Backtest> teach) {}
}
