package dev.metsuke.standalone.retrohunt;

import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka keeps for ever and the archive does not hold.
 *
 * @param directory whose the accounts are
 * @param approvals every message about an approved export
 * @param reportPlaces by their ids, how many messages with reports came before each; of one account, they lie in their order
 */
public record KnownToday(
        List<DirectoryEntry> directory, List<ExportApproval> approvals, Map<String, Integer> reportPlaces) {

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
        List<ExportApproval> approvals = new ArrayList<>();
        Map<String, Integer> reportPlaces = new HashMap<>();
        try {
            contents.read(Topic.EXPORT_APPROVALS, record -> remember(record, approvals, rejected));
            contents.read(Topic.ACCOUNT_STATUS, record -> rememberPlace(record, reportPlaces));
            return new KnownToday(PeopleDirectory.in(contents).entries(), approvals, reportPlaces);
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

    private static void remember(
            ConsumerRecord<String, byte[]> record, List<ExportApproval> approvals, Consumer<String> rejected) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        try {
            approvals.add(ExportApproval.fromJson(value));
        } catch (MalformedDocumentException e) {
            rejected.accept(record.topic() + "-" + record.partition() + "@" + record.offset() + " is no approval: "
                    + e.getMessage());
        }
    }
}
