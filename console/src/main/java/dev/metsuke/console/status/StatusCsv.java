package dev.metsuke.console.status;

import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.FileProblems;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.events.account.StatusReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statuses out of a CSV file: {@code account,status,effective_at}, and where wanted {@code
 * reported_at,department,note,report_id}.
 *
 * @param encoding in what the file was written
 * @param reports the rows that are right, in the order of the file; a row that stands there twice counts once
 * @param problems everything that is wrong, by line
 * @param repeated how many rows only repeat an earlier one
 */
public record StatusCsv(String encoding, List<StatusReport> reports, List<Problem> problems, int repeated) {

    private static final List<String> REQUIRED = List.of("account", "status", "effective_at");
    private static final List<String> OPTIONAL = List.of("reported_at", "department", "note", "report_id");

    public StatusCsv {
        reports = List.copyOf(reports);
        problems = List.copyOf(problems);
    }

    /** A pure function of the file and the circumstances. */
    public static StatusCsv read(byte[] file, StatusDraft.Circumstances circumstances) {
        CsvTable table = CsvTable.read(file, REQUIRED, OPTIONAL);
        FileProblems problems = FileProblems.of(table);
        Map<String, StatusReport> reports = new LinkedHashMap<>();
        Contradictions contradictions = new Contradictions();
        int repeated = 0;
        for (CsvTable.Row row : table.rows()) {
            if (problems.endAt(row.line())) {
                break;
            }
            StatusDraft.Checked checked = draft(row).check(circumstances);
            for (Problem problem : checked.problems()) {
                problems.add(new Problem(row.line(), problem.field(), problem.message()));
            }
            if (checked.report().isPresent()) {
                StatusReport report = checked.report().get();
                if (!circumstances.isPlayed()) {
                    problems.addAll(contradictions.of(row.line(), report));
                }
                repeated += reports.putIfAbsent(report.eventId(), report) == null ? 0 : 1;
            }
        }
        return new StatusCsv(table.encoding(), List.copyOf(reports.values()), problems.byLine(), repeated);
    }

    private static StatusDraft draft(CsvTable.Row row) {
        return new StatusDraft(
                row.cells().get("account"),
                row.cells().get("status"),
                row.cells().get("effective_at"),
                row.cells().get("reported_at"),
                row.cells().get("department"),
                row.cells().get("note"),
                row.cells().get("report_id"),
                null);
    }
}
