package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownReports;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the staff directory to {@code metsuke.directory}; an account's later entry replaces its earlier one. With each
 * account come the reports about the person whom the entry gives it to.
 */
public final class DirectoryEntries {

    private final SerialWriter writer;
    private final String changedBy;

    /**
     * For one who changes it.
     *
     * @param changedBy who, for the record
     */
    public DirectoryEntries(SerialWriter writer, String changedBy) {
        this.writer = writer;
        this.changedBy = changedBy;
    }

    /**
     * What was written.
     *
     * @param entries how many entries are new or other than before
     * @param reports how many reports about persons were carried on to accounts that did not have them
     * @param handover what became of the columns that a file does not have
     */
    public record Written(int entries, int reports, Handover handover) {}

    /** Returns when Kafka has them all; what it has already is not written again. */
    public Written publish(List<DirectoryEntry> entries) throws WriteFailedException {
        return publish(_ -> entries, _ -> Handover.NONE);
    }

    /** The same of a file, which leaves what it has no column for. */
    public Written publish(DirectoryCsv csv) throws WriteFailedException {
        return publish(directory -> csv.entriesOver(directory::entryOf), directory -> csv.handover(directory::entryOf));
    }

    private Written publish(
            Function<PeopleDirectory, List<DirectoryEntry>> said, Function<PeopleDirectory, Handover> handover)
            throws WriteFailedException {
        return writer.write(contents -> {
            PeopleDirectory directory = PeopleDirectory.in(contents);
            KnownReports known = KnownReports.in(contents);
            List<DirectoryEntry> entries = said.apply(directory);
            List<DirectoryEntry> changed =
                    entries.stream().filter(entry -> !directory.holds(entry)).toList();
            List<StatusReport> carried = known.news(entries.stream()
                    .flatMap(entry -> inherited(entry, known).stream())
                    .toList());
            List<Message> messages = new ArrayList<>();
            changed.forEach(entry -> messages.add(Message.of(entry, changedBy)));
            carried.forEach(report -> messages.add(Message.of(report)));
            return new SerialWriter.Decided<>(
                    messages, new Written(changed.size(), carried.size(), handover.apply(directory)));
        });
    }

    private static List<StatusReport> inherited(DirectoryEntry entry, KnownReports known) {
        String person = entry.person();
        return person == null
                ? List.of()
                : known.about(person).stream()
                        .map(report -> report.of(entry.account()))
                        .toList();
    }
}
