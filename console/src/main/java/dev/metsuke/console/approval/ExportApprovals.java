package dev.metsuke.console.approval;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.List;

/** Writes approved exports to {@code metsuke.export-approvals}; what holds there already is not written again. */
public final class ExportApprovals {

    private final SerialWriter writer;

    public ExportApprovals(KafkaSettings kafka) {
        this.writer = SerialWriter.ofApprovals(kafka);
    }

    /** All of them or none; returns when Kafka has them, and answers how many are new. */
    public int publish(List<ExportApproval> approvals) throws WriteFailedException {
        return writer.write(contents -> {
            List<ExportApproval> news = KnownApprovals.in(contents).news(approvals);
            return new SerialWriter.Decided<>(news.stream().map(Message::of).toList(), news.size());
        });
    }
}
