package dev.metsuke.standalone.retrohunt;

import dev.metsuke.console.person.PeopleDirectory;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka keeps for ever and the archive does not hold.
 *
 * @param directory whose the accounts are
 * @param approvals every message about an approved export
 */
public record KnownToday(List<DirectoryEntry> directory, List<ExportApproval> approvals) {

    public KnownToday {
        directory = List.copyOf(directory);
        approvals = List.copyOf(approvals);
    }

    /**
     * As the topics hold it now.
     *
     * @throws IOException where Kafka cannot be read
     */
    public static KnownToday in(KafkaSettings kafka, Consumer<String> rejected) throws IOException {
        TopicContents contents = new TopicContents(kafka);
        List<ExportApproval> approvals = new ArrayList<>();
        try {
            contents.read(Topic.EXPORT_APPROVALS, record -> remember(record, approvals, rejected));
            return new KnownToday(PeopleDirectory.in(contents).entries(), approvals);
        } catch (WriteFailedException e) {
            throw new IOException(e.getMessage(), e);
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
