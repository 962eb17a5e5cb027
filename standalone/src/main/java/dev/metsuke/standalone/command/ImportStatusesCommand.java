package dev.metsuke.standalone.command;

import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.console.status.StatusCsv;
import dev.metsuke.console.status.StatusDraft;
import dev.metsuke.console.status.StatusReports;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "import-statuses",
        description = "Reports many at once, from a CSV file.",
        footer = {
            "",
            "Columns: account,status,effective_at and where wanted reported_at,department,note,report_id;",
            "UTF-8 or Shift_JIS. One bad row and nothing is reported; the same file twice changes nothing."
        },
        mixinStandardHelpOptions = true)
final class ImportStatusesCommand extends ImportCommand {

    @Override
    Content read(byte[] bytes, ZoneId zone) {
        Instant now = Instant.now();
        return new Statuses(StatusCsv.read(bytes, new StatusDraft.Circumstances(CommandUser.name(), now, zone)), now);
    }

    private record Statuses(StatusCsv csv, Instant now) implements Content {

        @Override
        public List<Problem> problems() {
            return csv.problems();
        }

        @Override
        public List<String> rows() {
            return csv.reports().stream()
                    .map(report -> report.account() + " " + report.status().label() + " from " + report.effectiveAt())
                    .toList();
        }

        @Override
        public List<AccountId> named() {
            return csv.reports().stream().map(StatusReport::account).toList();
        }

        @Override
        public List<StatusReport> reports() {
            return csv.reports();
        }

        @Override
        public String summary() {
            return csv.reports().size() + " statuses (" + csv.repeated() + " repeated rows, read as " + csv.encoding()
                    + ")";
        }

        @Override
        public List<Problem> refused(KafkaSettings kafka) throws WriteFailedException {
            return StatusReports.tried(new StatusReports.Checked(csv.reports(), List.of()), new TopicContents(kafka))
                    .problems();
        }

        @Override
        public String publish(KafkaSettings kafka) throws WriteFailedException {
            StatusReports.Published published = new StatusReports(new SerialWriter(kafka)).publish(csv.reports(), now);
            List<Problem> problems = published.checked().problems();
            if (!problems.isEmpty()) {
                throw new WriteFailedException(
                        problems.stream().map(Problem::describe).collect(Collectors.joining("; "))
                                + "; nothing was reported",
                        null);
            }
            int known = csv.reports().size() - published.fresh();
            return known == 0 ? "" : "; " + known + " of them were reported before";
        }
    }
}
