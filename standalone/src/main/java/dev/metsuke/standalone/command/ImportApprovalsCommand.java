package dev.metsuke.standalone.command;

import dev.metsuke.console.approval.ApprovalsCsv;
import dev.metsuke.console.approval.ExportApprovals;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.standalone.terminal.Enumeration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "import-approvals",
        description = "Approves exports beforehand, from a CSV file.",
        footer = {
            "",
            "Columns: account,dataset,from,until,max_records,ticket and where wanted approved_at,note,approval_id;",
            "UTF-8 or Shift_JIS. One bad row and nothing is approved; the same file twice changes nothing. What"
                    + " comes later with the same approval_id replaces what came before; with max_records 0 it takes it"
                    + " back. To approve anew by the same row, say in approved_at when."
        },
        mixinStandardHelpOptions = true)
final class ImportApprovalsCommand extends ImportCommand {

    private static final int MOST_TOLD = 20;

    @Override
    Content read(byte[] bytes, ZoneId zone) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Approvals(ApprovalsCsv.read(bytes, CommandUser.name(), now, zone), now);
    }

    private record Approvals(ApprovalsCsv csv, Instant now) implements Content {

        @Override
        public List<Problem> problems() {
            return csv.problems();
        }

        @Override
        public List<String> rows() {
            return csv.approvals().stream()
                    .map(approval -> approval.account() + " may export " + approval.maxRecords() + " people's data of "
                            + approval.dataset() + " from " + approval.from() + " until " + approval.until() + ", "
                            + approval.ticket() + " (approval " + approval.approvalId() + ")")
                    .toList();
        }

        @Override
        public List<AccountId> named() {
            return csv.approvals().stream().map(ExportApproval::account).toList();
        }

        @Override
        public List<String> datasets() {
            return csv.approvals().stream()
                    .filter(approval -> !approval.isTakenBack())
                    .map(ExportApproval::dataset)
                    .toList();
        }

        @Override
        public String summary() {
            return csv.approvals().size() + " approvals (read as " + csv.encoding() + ")";
        }

        @Override
        public String publish(KafkaSettings kafka) throws WriteFailedException {
            ExportApprovals.Written written = new ExportApprovals(kafka).publish(csv.approvals(), now);
            int known = csv.approvals().size() - written.fresh();
            return (known == 0 ? "" : "; " + known + " of them were known") + notes(written);
        }

        @Override
        public String tried(KafkaSettings kafka) {
            try {
                return notes(new ExportApprovals(kafka).tried(csv.approvals(), now));
            } catch (WriteFailedException e) {
                return "; what they change cannot be told: " + e.getMessage();
            }
        }

        private static String notes(ExportApprovals.Written written) {
            return named("; nothing is taken back, since nobody approved it: ", written.idle())
                    + named(
                            "; not approved anew, since it was changed after this row was sent first (say in"
                                    + " approved_at when it was approved again): ",
                            written.replaced());
        }

        private static String named(String words, List<ExportApproval> approvals) {
            return approvals.isEmpty()
                    ? ""
                    : words
                            + Enumeration.of(
                                    approvals,
                                    MOST_TOLD,
                                    approval -> approval.approvalId() + " of " + approval.account());
        }
    }
}
