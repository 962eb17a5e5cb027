package dev.metsuke.console.approval;

import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.FileProblems;
import dev.metsuke.console.entry.OneWordEach;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Approved exports out of a CSV file: {@code account,dataset,from,until,max_records,ticket}, and where wanted {@code
 * approved_at,note,approval_id}; one that ends on a date holds through that day.
 *
 * @param encoding in what the file was written
 * @param approvals the rows that are right, in the order of the file; a row that stands there twice counts once
 * @param problems everything that is wrong, by line
 */
public record ApprovalsCsv(String encoding, List<ExportApproval> approvals, List<Problem> problems) {

    private static final List<String> REQUIRED =
            List.of("account", "dataset", "from", "until", "max_records", "ticket");
    private static final List<String> OPTIONAL = List.of("approved_at", "note", "approval_id");

    public ApprovalsCsv {
        approvals = List.copyOf(approvals);
        problems = List.copyOf(problems);
    }

    /** The same, where a row that does not say when it was approved was so when it begins. */
    public static ApprovalsCsv read(byte[] file, String approvedBy, ZoneId zone) {
        return read(file, approvedBy, null, zone);
    }

    /**
     * A pure function of its arguments.
     *
     * @param file the file
     * @param approvedBy who approved
     * @param approvedAt when a row was approved that does not say it; where absent, when it begins
     * @param zone what a time without an offset means
     */
    public static ApprovalsCsv read(byte[] file, String approvedBy, @Nullable Instant approvedAt, ZoneId zone) {
        CsvTable table = CsvTable.read(file, REQUIRED, OPTIONAL);
        FileProblems problems = FileProblems.of(table);
        Map<String, ExportApproval> approvals = new LinkedHashMap<>();
        OneWordEach words = new OneWordEach();
        ApprovalDraft.Circumstances circumstances =
                new ApprovalDraft.Circumstances(approvedBy, approvedAt, zone, false);
        for (CsvTable.Row row : table.rows()) {
            if (problems.endAt(row.line())) {
                break;
            }
            ApprovalDraft.Checked checked = draft(row).check(circumstances);
            for (Problem problem : checked.problems()) {
                problems.add(new Problem(row.line(), problem.field(), problem.message()));
            }
            if (checked.approval().isPresent()) {
                ExportApproval read = checked.approval().get();
                approvals.putIfAbsent(read.eventId(), read);
                // A file of past approvals lists them in the order in which they were given.
                if (approvedAt != null) {
                    words.other(row.line(), List.of(read.approvalId(), read.approvedAt()), content(read))
                            .ifPresent(line -> problems.add(
                                    new Problem(row.line(), "approval_id", Text.of("approval.contradicted", line))));
                }
            }
        }
        return new ApprovalsCsv(table.encoding(), List.copyOf(approvals.values()), problems.byLine());
    }

    private static ApprovalDraft draft(CsvTable.Row row) {
        Map<String, String> cells = row.cells();
        return new ApprovalDraft(
                cells.get("account"),
                cells.get("dataset"),
                cells.get("from"),
                cells.get("until"),
                cells.get("max_records"),
                cells.get("ticket"),
                cells.get("approved_at"),
                cells.get("note"),
                cells.get("approval_id"));
    }

    /** What is approved, whoever wrote it down. */
    private static List<Object> content(ExportApproval approval) {
        return List.of(
                approval.account(),
                approval.dataset(),
                approval.from(),
                approval.until(),
                approval.maxRecords(),
                approval.ticket());
    }
}
