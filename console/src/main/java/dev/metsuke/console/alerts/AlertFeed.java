package dev.metsuke.console.alerts;

import dev.metsuke.events.alert.Alert;
import dev.metsuke.events.json.MalformedDocumentException;
import dev.metsuke.operations.part.Condition;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings what the alerts topic tells into memory, and to the browsers that listen. */
final class AlertFeed implements TopicFeed.Reader {

    private final LiveAlerts alerts;
    private final AlertEntries entries;
    private final AlertStreams streams;
    private final Consumer<Condition> conditions;

    AlertFeed(LiveAlerts alerts, AlertEntries entries, AlertStreams streams, Consumer<Condition> conditions) {
        this.alerts = alerts;
        this.entries = entries;
        this.streams = streams;
        this.conditions = conditions;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, boolean isNews) throws MalformedDocumentException {
        SeenAlert seen = alerts.accept(
                Alert.fromJson(record.value()), Instant.ofEpochMilli(record.timestamp()), record.offset());
        if (isNews) {
            streams.publish("alert", () -> entries.of(seen));
        }
    }

    @Override
    public void caughtUp() {
        streams.refresh();
    }

    @Override
    public void changed(Condition condition) {
        conditions.accept(condition);
    }
}
