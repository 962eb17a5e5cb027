package dev.metsuke.console.publish;

import dev.metsuke.events.account.AccountId;
import dev.metsuke.events.account.DirectoryEntry;
import dev.metsuke.events.account.StatusReport;
import dev.metsuke.events.approval.ExportApproval;
import dev.metsuke.events.topic.Header;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.events.triage.TriageAction;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What to write: a topic, the account as key, the message's own id where it has one, and the message. */
public final class Message {

    private final Topic topic;
    private final AccountId account;
    private final @Nullable String id;
    private final byte[] value;

    private Message(Topic topic, AccountId account, @Nullable String id, byte[] value) {
        this.topic = topic;
        this.account = account;
        this.id = id;
        this.value = value;
    }

    public static Message of(StatusReport report) {
        return new Message(Topic.ACCOUNT_STATUS, report.account(), report.eventId(), report.toJson());
    }

    public static Message of(DirectoryEntry entry, String changedBy) {
        return new Message(Topic.DIRECTORY, entry.account(), null, entry.toJson(changedBy));
    }

    public static Message of(ExportApproval approval) {
        return new Message(Topic.EXPORT_APPROVALS, approval.account(), approval.eventId(), approval.toJson());
    }

    public static Message of(TriageAction action) {
        return new Message(Topic.TRIAGE, action.account(), action.eventId(), action.toJson());
    }

    ProducerRecord<String, byte[]> record() {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.title(), account.value(), value);
        if (id != null) {
            record.headers().add(Header.ID, id.getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }
}
