package dev.metsuke.console.approval;

import dev.metsuke.console.publish.Message;
import dev.metsuke.console.publish.SerialWriter;
import dev.metsuke.console.publish.TopicContents;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.time.Instant;
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
     * @param replaced those that were approved by the same row before, and stay replaced by what was said since
     * @param superseded what was approved before and is changed or taken back by these
     */
    public record Written(
            int fresh, List<ExportApproval> idle, List<ExportApproval> replaced, List<ExportApproval> superseded) {
        public Written {
            idle = List.copyOf(idle);
            replaced = List.copyOf(replaced);
            superseded = List.copyOf(superseded);
        }

        private Written with(int news) {
            return new Written(news, idle, replaced, superseded);
        }
    }

    /**
     * All of them or none; returns when Kafka has them.
     *
     * @param now when those that do not say it are given
     */
    public Written publish(List<ExportApproval> approvals, Instant now) throws WriteFailedException {
        return writer.write(held -> {
            KnownApprovals known = KnownApprovals.in(held);
            Written notes = notes(known, approvals, now);
            List<Message> news =
                    known.news(approvals, now).stream().map(Message::of).toList();
            return new SerialWriter.Decided<>(news, notes.with(news.size()));
        });
    }

    /** What would be written; nothing is. */
    public Written tried(List<ExportApproval> approvals, Instant now) throws WriteFailedException {
        KnownApprovals known = KnownApprovals.in(contents);
        return notes(known, approvals, now).with(known.news(approvals, now).size());
    }

    private static Written notes(KnownApprovals known, List<ExportApproval> approvals, Instant now) {
        return new Written(0, known.idle(approvals), known.replaced(approvals), known.superseded(approvals, now));
    }
}
