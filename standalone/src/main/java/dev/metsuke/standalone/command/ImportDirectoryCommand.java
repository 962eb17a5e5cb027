package dev.metsuke.standalone.command;

import dev.metsuke.console.directory.DirectoryChange;
import dev.metsuke.console.directory.DirectoryCsv;
import dev.metsuke.console.directory.DirectoryEntries;
import dev.metsuke.console.entry.Problem;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.standalone.terminal.DirectoryChangeText;
import dev.metsuke.standalone.terminal.Numbers;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "import-directory",
        description = "Tells whose account is whose, from a CSV file.",
        footer = {
            "",
            "Columns: account and where known person,name,email,department,employment,calendar,contract_end;",
            "UTF-8 or Shift_JIS. An account's later entry replaces its earlier one, but for the columns that the file"
                + " does not have: these stay as they are known, while an empty cell clears. An account that has"
                + " another holder now keeps nothing; how many there are is told, with --dry-run too. What was"
                + " reported about a person also holds for an account that the directory gives that person only now; a"
                + " department that is new but goes behind a reported transfer is told."
        },
        mixinStandardHelpOptions = true)
final class ImportDirectoryCommand extends ImportCommand {

    @Override
    Content read(byte[] bytes, ZoneId zone) {
        return new Entries(DirectoryCsv.read(bytes, zone), CommandUser.name());
    }

    private record Entries(DirectoryCsv csv, String changedBy) implements Content {

        @Override
        public List<Problem> problems() {
            return csv.problems();
        }

        @Override
        public List<String> rows() {
            return csv.entries().stream()
                    .map(entry -> "account " + entry.account())
                    .toList();
        }

        /** None: it is this file that makes accounts known. */
        @Override
        public List<AccountId> named() {
            return List.of();
        }

        @Override
        public List<DirectoryEntry> directory() {
            return csv.entries();
        }

        @Override
        public String summary() {
            return Numbers.counted(csv.entries().size(), "account", "accounts") + " (read as " + csv.encoding() + ")";
        }

        @Override
        public String tried(KafkaSettings kafka) {
            try {
                return DirectoryChangeText.of(DirectoryChange.by(csv, kafka));
            } catch (WriteFailedException e) {
                return "; what becomes of what is known cannot be told: " + e.getMessage();
            }
        }

        @Override
        public String publish(KafkaSettings kafka) throws WriteFailedException {
            DirectoryChange change = new DirectoryEntries(new SerialWriter(kafka), changedBy).publish(csv);
            int known = csv.entries().size() - change.changes().size();
            int carried = change.reports().size();
            return DirectoryChangeText.of(change)
                    + (known == 0 ? "" : "; " + known + " of them were known as they are")
                    + (carried == 0 ? "" : "; " + carried + " reports about their holders now reach them, too");
        }
    }
}
