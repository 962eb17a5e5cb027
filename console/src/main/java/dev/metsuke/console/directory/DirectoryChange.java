package dev.metsuke.console.directory;

import dev.metsuke.console.person.KnownReports;
import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What entries change in what Kafka holds.
 *
 * @param changes the entries that are new or other than before
 * @param reports those about persons, carried on to accounts that did not have them
 * @param handover what becomes of the columns that a file does not have
 * @param outranked the departments that move nobody
 */
public record DirectoryChange(
        List<Changed> changes, List<StatusReport> reports, Handover handover, List<Outranked> outranked) {

    /**
     * An entry that is new or other than before.
     *
     * @param before what the directory said of the account; null where it did not know it
     */
    public record Changed(DirectoryEntry entry, @Nullable DirectoryEntry before) {}

    public DirectoryChange {
        changes = List.copyOf(changes);
        reports = List.copyOf(reports);
        outranked = List.copyOf(outranked);
    }

    /** What a file would change now. */
    public static DirectoryChange by(DirectoryCsv csv, KafkaSettings kafka) throws WriteFailedException {
        return by(csv, new TopicContents(kafka));
    }

    /** The same; it leaves what it has no column for. */
    static DirectoryChange by(DirectoryCsv csv, TopicContents contents) throws WriteFailedException {
        PeopleDirectory directory = PeopleDirectory.in(contents);
        return of(
                csv.entriesOver(directory::entryOf),
                csv.handover(directory::entryOf),
                directory,
                KnownReports.in(contents));
    }

    /** Of entries that say everything. */
    static DirectoryChange by(List<DirectoryEntry> entries, TopicContents contents) throws WriteFailedException {
        return by(entries, PeopleDirectory.in(contents), KnownReports.in(contents));
    }

    /**
     * The same.
     *
     * @param known takes what comes of it as known
     */
    public static DirectoryChange by(List<DirectoryEntry> entries, PeopleDirectory directory, KnownReports known) {
        return of(entries, Handover.NONE, directory, known);
    }

    private static DirectoryChange of(
            List<DirectoryEntry> entries, Handover handover, PeopleDirectory directory, KnownReports known) {
        List<StatusReport> carried = known.news(entries.stream()
                .flatMap(entry -> inherited(entry, known).stream())
                .toList());
        Instant now = Instant.now();
        Set<AccountId> passedOn = Set.copyOf(handover.accounts());
        return new DirectoryChange(
                entries.stream()
                        .filter(entry -> !directory.holds(entry))
                        .map(entry -> new Changed(entry, directory.entryOf(entry.account())))
                        .toList(),
                carried,
                handover,
                entries.stream()
                        .filter(entry -> !passedOn.contains(entry.account()))
                        .map(entry -> Outranked.of(entry, directory.entryOf(entry.account()), known, now))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static List<StatusReport> inherited(DirectoryEntry entry, KnownReports known) {
        String person = entry.person();
        return person == null
                ? List.of()
                : known.about(person).stream()
                        .map(report -> report.of(entry.account()))
                        .toList();
    }

    /**
     * What is to be written for it.
     *
     * @param by whoever changes it, for the record
     */
    public List<Message> messages(String by) {
        return Stream.concat(
                        changes.stream().map(changed -> Message.of(changed.entry(), by)),
                        reports.stream().map(Message::of))
                .toList();
    }
}
