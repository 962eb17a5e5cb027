package dev.metsuke.console.approval;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes approved exports to {@code metsuke.export-approvals}; what is there already is not written again. */
public final class ExportApprovals {

    private final SerialWriter writer;

    public ExportApprovals(KafkaSettings kafka) {
        this.writer = SerialWriter.ofApprovals(kafka);
    }

    /** All of them or none; returns when Kafka has them, and answers how many are new. */
    public int publish(List<ExportApproval> approvals) throws WriteFailedException {
        return writer.write(contents -> {
            Set<String> known = ids(contents);
            List<Message> news = approvals.stream()
                    .filter(approval -> !known.contains(approval.eventId()))
                    .map(Message::of)
                    .toList();
            return new SerialWriter.Decided<>(news, news.size());
        });
    }

    private static Set<String> ids(TopicContents contents) throws WriteFailedException {
        Set<String> ids = new HashSet<>();
        contents.read(Topic.EXPORT_APPROVALS, record -> {
            var id = record.headers().lastHeader(Header.ID);
            if (id != null) {
                ids.add(new String(id.value(), StandardCharsets.UTF_8));
            }
        });
        return ids;
    }
}
