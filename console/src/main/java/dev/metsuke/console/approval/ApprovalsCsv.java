package dev.metsuke.console.approval;

import dev.metsuke.console.entry.ContentId;
import dev.metsuke.console.entry.CsvTable;
import dev.metsuke.console.entry.EnteredText;
import dev.metsuke.console.entry.OneWordEach;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.entry.WrittenTime;
import dev.metsuke.console.language.Text;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private static final List<String> NAMES = List.of("account", "dataset", "approval_id");

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
        List<Problem> problems = new ArrayList<>(table.problems());
        Map<String, ExportApproval> approvals = new LinkedHashMap<>();
        OneWordEach words = new OneWordEach();
        for (CsvTable.Row row : table.rows()) {
            Optional<ExportApproval> approval = approval(row, approvedBy, approvedAt, zone, problems);
            if (approval.isPresent()) {
                ExportApproval read = approval.get();
                approvals.putIfAbsent(read.eventId(), read);
                // A file of past approvals lists them in the order in which they were given.
                if (approvedAt != null) {
                    words.other(row.line(), List.of(read.approvalId(), read.approvedAt()), content(read))
                            .ifPresent(line -> problems.add(new Problem(
                                    row.line(),
                                    "approval_id",
                                    "line " + line
                                            + " says something else of the same approval; say by approved_at which is"
                                            + " later")));
                }
            }
        }
        problems.sort(Comparator.comparingInt(Problem::lineOrZero));
        return new ApprovalsCsv(table.encoding(), List.copyOf(approvals.values()), problems);
    }

    private static Optional<ExportApproval> approval(
            CsvTable.Row row, String approvedBy, @Nullable Instant otherwiseAt, ZoneId zone, List<Problem> problems) {
        int before = problems.size();
        for (String column : REQUIRED) {
            if (row.cell(column).isEmpty()) {
                problems.add(new Problem(row.line(), column, Text.of("entry.missing")));
            }
        }
        problems.addAll(row.faultsOfNames(NAMES));
        Instant from = time(row, "from", zone, false, problems);
        Instant until = time(row, "until", zone, true, problems);
        Instant approvedAt = time(row, "approved_at", zone, false, problems);
        if (approvedAt != null && otherwiseAt != null && WrittenTime.isStillToCome(approvedAt, otherwiseAt)) {
            problems.add(new Problem(
                    row.line(), "approved_at", "is " + row.cells().get("approved_at") + ", which is still to come"));
        }
        long most = most(row, problems);
        if (most == 0 && problems.size() == before && row.cell("approval_id").isEmpty()) {
            problems.add(new Problem(
                    row.line(), "approval_id", "is missing: max_records 0 takes back the approval that it names"));
        }
        if (from != null && until != null && !until.isAfter(from)) {
            problems.add(new Problem(row.line(), "until", "is not after from"));
        }
        if (problems.size() > before || from == null || until == null) {
            return Optional.empty();
        }
        Map<String, String> cells = row.cells();
        String account = cells.getOrDefault("account", "");
        String dataset = cells.getOrDefault("dataset", "");
        String ticket = cells.getOrDefault("ticket", "");
        String content = ContentId.of(
                account, dataset, from.toString(), until.toString(), Long.toString(most), ticket, cells.get("note"));
        String approvalId = cells.getOrDefault("approval_id", content);
        try {
            return Optional.of(new ExportApproval(
                    ContentId.of(approvalId, content, String.valueOf(approvedAt)),
                    approvalId,
                    new AccountId(account),
                    dataset,
                    from,
                    until,
                    most,
                    ticket,
                    Objects.requireNonNullElse(approvedAt, Objects.requireNonNullElse(otherwiseAt, from)),
                    approvedBy,
                    cells.get("note")));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(row.line(), null, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
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

    private static @Nullable Instant time(
            CsvTable.Row row, String column, ZoneId zone, boolean isEnd, List<Problem> problems) {
        String written = row.cells().get(column);
        if (written == null) {
            return null;
        }
        Optional<Instant> time = isEnd ? WrittenTime.parseEnd(written, zone) : WrittenTime.parse(written, zone);
        if (time.isEmpty()) {
            problems.add(new Problem(row.line(), column, WrittenTime.unreadable(written)));
        }
        time.flatMap(read -> WrittenTime.problem(written, read))
                .ifPresent(problem -> problems.add(new Problem(row.line(), column, problem)));
        return time.orElse(null);
    }

    private static long most(CsvTable.Row row, List<Problem> problems) {
        String written = row.cells().get("max_records");
        if (written == null) {
            return 0;
        }
        try {
            long most = Long.parseLong(EnteredText.halfWidth(written));
            if (most >= 0) {
                return most;
            }
        } catch (NumberFormatException e) {
            // Told of below, as is a negative number.
        }
        problems.add(new Problem(
                row.line(),
                "max_records",
                "is “" + written + "”; it must be how many people's data at most, such as 200"));
        return 0;
    }
}
