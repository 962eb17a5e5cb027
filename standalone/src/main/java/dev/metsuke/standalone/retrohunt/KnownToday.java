package dev.metsuke.standalone.retrohunt;

import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.standalone.backtest.DatedEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka keeps for ever, and of which the archive does not hold all.
 *
 * @param directory whose the accounts are; of each the last word, and earlier ones that are not compacted away yet
 * @param approvals every message about an approved export
 * @param reportPlaces by their ids, how many messages with reports came before each; of one account, they lie in their order
 */
public record KnownToday(
        List<DatedEntry> directory, List<ExportApproval> approvals, Map<String, Integer> reportPlaces) {

    public KnownToday {
        directory = List.copyOf(directory);
        approvals = List.copyOf(approvals);
        reportPlaces = Map.copyOf(reportPlaces);
    }

    /**
     * As the topics hold it now.
     *
     * @throws IOException where Kafka cannot be read
     */
    public static KnownToday in(KafkaSettings kafka, Consumer<String> rejected) throws IOException {
        TopicContents contents = new TopicContents(kafka);
        List<DatedEntry> directory = new ArrayList<>();
        List<ExportApproval> approvals = new ArrayList<>();
        Map<String, Integer> reportPlaces = new HashMap<>();
        try {
            contents.read(
                    Topic.EXPORT_APPROVALS,
                    record -> remember(record, "approval", ExportApproval::fromJson, approvals, rejected));
            contents.read(Topic.DIRECTORY, record -> rememberEntry(record, directory, rejected));
            contents.read(Topic.ACCOUNT_STATUS, record -> rememberPlace(record, reportPlaces));
            return new KnownToday(directory, approvals, reportPlaces);
        } catch (WriteFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * As detection heard them, where several were made at the same moment: the one that came last holds. What Kafka does not
     * have comes first.
     */
    List<StatusReport> inOrder(List<StatusReport> reports) {
        return reports.stream()
                .sorted(Comparator.comparing(StatusReport::reportedAt)
                        .thenComparing(report -> reportPlaces.getOrDefault(report.eventId(), -1)))
                .toList();
    }

    /** What comes again changes nothing; of what cannot be read, the archive's copy is told. */
    private static void rememberPlace(ConsumerRecord<String, byte[]> record, Map<String, Integer> places) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            places.putIfAbsent(StatusReport.fromJson(value).eventId(), places.size());
        } catch (MalformedDocumentException e) {
            // It has no place, and is none of the archive's reports.
        }
    }

    /** With what the archive has of it that Kafka compacted away, in the order in which it was said. What is in both is said once more. */
    List<DatedEntry> directoryWith(List<DatedEntry> archived) {
        return Stream.concat(archived.stream(), directory.stream())
                .sorted(Comparator.comparing(DatedEntry::since))
                .toList();
    }

    /** Who was taken out is judged by what was said last. */
    private static void rememberEntry(
            ConsumerRecord<String, byte[]> record, List<DatedEntry> entries, Consumer<String> rejected) {
        remember(
                record,
                "directory entry",
                value -> new DatedEntry(DirectoryEntry.fromJson(value), Instant.ofEpochMilli(record.timestamp())),
                entries,
                rejected);
    }

    private static <T> void remember(
            ConsumerRecord<String, byte[]> record,
            String what,
            Parser<T> parser,
            List<T> known,
            Consumer<String> rejected) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            known.add(parser.parse(value));
        } catch (MalformedDocumentException e) {
            rejected.accept(record.topic() + "-" + record.partition() + "@" + record.offset() + " is no " + what + ": "
                    + e.getMessage());
        }
    }

    private interface Parser<T> {

        T parse(byte[] json) throws MalformedDocumentException;
    }
}
