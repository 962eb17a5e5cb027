package dev.metsuke.console.status;

import dev.metsuke.console.entry.OneWordEach;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.Status;
import dev.metsuke.events.account.StatusReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one file of which only one can hold: an account's status from one moment on, and what one report says. Those that were
 * reported at different times are corrections, of which the later one holds. In a record of the past the order of the rows is that
 * in which people spoke, as detection would have heard them; who reports now has no such order in mind.
 */
final class Contradictions {

    private final OneWordEach ofMoments = new OneWordEach();
    private final OneWordEach ofReports = new OneWordEach();

    List<Problem> of(int line, StatusReport report) {
        List<Problem> problems = new ArrayList<>();
        // What is taken back says nothing of the moment: another report may take its place.
        if (report.status() != Status.TAKEN_BACK) {
            ofMoments
                    .other(
                            line,
                            List.of(report.account(), report.effectiveAt(), report.reportedAt()),
                            Arrays.asList(report.status(), report.department()))
                    .ifPresent(other -> problems.add(new Problem(
                            line,
                            "status",
                            Text.of(
                                    "status.contradicted",
                                    other,
                                    report.account().value()))));
        }
        ofReports
                .other(
                        line,
                        List.of(report.reportId(), report.reportedAt()),
                        Arrays.asList(report.status(), report.effectiveAt(), report.department()))
                .ifPresent(other -> problems.add(new Problem(line, "report_id", Text.of("status.id-twice", other))));
        return problems;
    }
}
