package dev.metsuke.console.approval;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.List;

/** Writes approved exports to {@code metsuke.export-approvals}; what holds there already is not written again. */
public final class ExportApprovals {

    private final SerialWriter writer;
    private final TopicContents contents;

    public ExportApprovals(KafkaSettings kafka) {
        writer = SerialWriter.ofApprovals(kafka);
        contents = new TopicContents(kafka);
    }

    /**
     * What was written.
     *
     * @param fresh how many are new
     * @param idle those that take back what nobody approved
     */
    public record Written(int fresh, List<ExportApproval> idle) {
        public Written {
            idle = List.copyOf(idle);
        }
    }

    /** All of them or none; returns when Kafka has them. */
    public Written publish(List<ExportApproval> approvals) throws WriteFailedException {
        return writer.write(now -> {
            KnownApprovals known = KnownApprovals.in(now);
            List<ExportApproval> idle = known.idle(approvals);
            List<ExportApproval> news = known.news(approvals);
            return new SerialWriter.Decided<>(news.stream().map(Message::of).toList(), new Written(news.size(), idle));
        });
    }

    /** Those that would take back what nobody approved. */
    public List<ExportApproval> idle(List<ExportApproval> approvals) throws WriteFailedException {
        return approvals.stream().anyMatch(KnownApprovals::isTakenBack)
                ? KnownApprovals.in(contents).idle(approvals)
                : List.of();
    }
}
