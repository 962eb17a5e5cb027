package dev.metsuke.archive.retention;

import dev.metsuke.events.json.JsonDocument;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.events.retention.IndexDeletion;
import dev.metsuke.events.retention.LegalHold;
import dev.metsuke.events.topic.Topic;
import dev.metsuke.operations.kafka.KafkaSettings;
import dev.metsuke.operations.kafka.SmallTopic;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes to {@code metsuke.retention}, and reads the legal holds that stand there. */
public final class RetentionTopic {

    private final SmallTopic topic;

    public RetentionTopic(KafkaSettings kafka) {
        topic = new SmallTopic(kafka, Topic.RETENTION);
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    public void write(LegalHold hold) throws IOException {
        topic.write(hold.holdId(), hold.eventId(), hold.toJson());
    }

    /**
     * Returns when Kafka has it.
     *
     * @throws IOException where Kafka does not take it
     */
    void write(IndexDeletion deletion) throws IOException {
        topic.write(deletion.index(), deletion.eventId(), deletion.toJson());
    }

    /**
     * Every legal hold that there ever was, the one placed first first.
     *
     * @throws IOException where Kafka cannot be read, or holds what cannot be understood: it might be a hold
     */
    public List<LegalHold> holds() throws IOException {
        Map<String, LegalHold> holds = new LinkedHashMap<>();
        forEach(document -> {
            if (LegalHold.isOne(document)) {
                LegalHold hold = LegalHold.fromJson(document);
                holds.merge(hold.holdId(), hold, (before, after) -> before.isInForce() ? after : before);
            }
        });
        return holds.values().stream()
                .sorted((one, other) -> one.placedAt().compareTo(other.placedAt()))
                .toList();
    }

    /**
     * Whether it is told there already, by this process or another.
     *
     * @throws IOException where Kafka cannot be read, or holds what cannot be understood
     */
    boolean tellsOf(IndexDeletion deletion) throws IOException {
        boolean[] found = {false};
        forEach(document -> found[0] |= deletion.eventId().equals(document.text("event.id")));
        return found[0];
    }

    private void forEach(Reader reader) throws IOException {
        for (ConsumerRecord<String, byte[]> record : topic.contents()) {
            try {
                reader.read(JsonDocument.parse(record.value() == null ? new byte[0] : record.value()));
            } catch (MalformedDocumentException e) {
                throw new IOException(
                        Topic.RETENTION + "-" + record.partition() + "@" + record.offset()
                                + " cannot be understood, and may be a legal hold: " + e.getMessage(),
                        e);
            }
        }
    }

    private interface Reader {
        void read(JsonDocument document) throws MalformedDocumentException;
    }
}
