package dev.metsuke.console.status;

import dev.metsuke.console.publish.TopicWriter;
import dev.metsuke.console.publish.WriteFailedException;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import java.util.List;

/** Writes reports to {@code metsuke.account-status}. */
public final class StatusReports implements AutoCloseable {

    private final TopicWriter writer;

    /** Connects when the first report is written. */
    public StatusReports(KafkaSettings kafka) {
        writer = new TopicWriter(Topic.ACCOUNT_STATUS, kafka, "metsuke-account-status");
    }

    /** Returns when Kafka has them all. */
    public void publish(List<StatusReport> reports) throws WriteFailedException {
        writer.write(reports.stream()
                .map(report -> new TopicWriter.Message(report.account(), report.eventId(), report.toJson()))
                .toList());
    }

    @Override
    public void close() {
        writer.close();
    }
}
